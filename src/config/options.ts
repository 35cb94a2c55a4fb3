import { defaultRevision, revisionNames } from '../contract/revisions/index.ts'
import type { Variable } from './settings.ts'

/** A group of options, which help shows under one heading. */
export type OptionGroup = 'target' | 'requests' | 'data' | 'selection' | 'verdict' | 'output'

/** One setting: its environment variable, its flag if it has one, and its description. */
export interface Option {
  readonly variable: Variable
  /** Secrets have none: a flag would show in the process list. */
  readonly flag: string | undefined
  /** The name of the value in help; empty for a switch. */
  readonly placeholder: string
  readonly help: string
  readonly defaultText: string
  readonly group: OptionGroup
}

type Row = readonly [
  variable: Variable,
  flag: string | undefined,
  placeholder: string,
  help: string,
  defaultText?: string,
]

function group(name: OptionGroup, rows: readonly Row[]): Option[] {
  return rows.map(([variable, flag, placeholder, help, defaultText = '']) => ({
    variable,
    flag,
    placeholder,
    help,
    defaultText,
    group: name,
  }))
}

/** All options in the order of the documentation. */
export const options: readonly Option[] = [
  ...group('target', [
    [
      'CONFORMANCE_BASE_URL',
      'base-url',
      'URL',
      'Everything before /sessions/…',
      'the embedded reference server',
    ],
    ['CONFORMANCE_TOKEN', undefined, 'TOKEN', 'The token that may read the thread', 'QODER_PAT'],
    [
      'CONFORMANCE_REVISION',
      'revision',
      'NAME',
      `The revision of the API to judge by (${revisionNames.join(' or ')})`,
      defaultRevision.name,
    ],
    ['CONFORMANCE_SESSION_ID', 'session-id', 'ID', 'The session', 'auto-detected'],
    ['CONFORMANCE_THREAD_ID', 'thread-id', 'ID', 'The thread under test', 'auto-detected'],
    [
      'CONFORMANCE_SIBLING_THREAD_ID',
      'sibling-thread-id',
      'ID',
      'Another thread of that session',
      'auto-detected',
    ],
    ['CONFORMANCE_OTHER_SESSION_ID', 'other-session-id', 'ID', 'Another session', 'auto-detected'],
    [
      'CONFORMANCE_OTHER_THREAD_ID',
      'other-thread-id',
      'ID',
      'A thread of the other session',
      'auto-detected',
    ],
    ['CONFORMANCE_EXPIRED_TOKEN', undefined, 'TOKEN', 'An expired token'],
    ['CONFORMANCE_OTHER_TENANT_TOKEN', undefined, 'TOKEN', 'A valid token of another tenant'],
    ['CONFORMANCE_CONTROL_URL', 'control-url', 'URL', "Base URL of the target's control protocol"],
    ['CONFORMANCE_CONTROL_TOKEN', undefined, 'TOKEN', 'The token of the control protocol'],
    [
      'CONFORMANCE_I_OWN_THIS_TARGET',
      'i-own-this-target',
      '',
      'Allow creating sessions through a control URL on another host',
      'false',
    ],
    [
      'CONFORMANCE_HEADERS',
      undefined,
      'LINES',
      'Additional request headers, one `Name: value` per line; treated as secrets',
    ],
  ]),
  ...group('requests', [
    ['CONFORMANCE_TIMEOUT_MS', 'timeout-ms', 'MS', 'Timeout of one request', '10000'],
    ['CONFORMANCE_STREAM_IDLE_MS', 'stream-idle-ms', 'MS', 'Idle timeout for streams', '10000'],
    ['CONFORMANCE_STREAM_TOTAL_MS', 'stream-total-ms', 'MS', 'Total timeout of one stream', '60000'],
    ['CONFORMANCE_RUN_TIMEOUT_MS', 'run-timeout', 'MS', 'Time budget of the whole run', '600000'],
    ['CONFORMANCE_CONCURRENCY', 'concurrency', 'N', 'Maximum concurrent requests', '8'],
    [
      'CONFORMANCE_MAX_RPS',
      'max-rps',
      'N',
      'Maximum requests per second',
      '50; unlimited for a target on this machine',
    ],
    [
      'CONFORMANCE_MAX_REQUESTS',
      'max-requests',
      'N',
      'Request budget of the whole run; the most revealing requests go first',
      'unlimited',
    ],
    [
      'CONFORMANCE_MAX_RATE_LIMIT_WAIT_MS',
      'max-rate-limit-wait-ms',
      'MS',
      'Longest wait of one request for rate limits (429)',
      '60000',
    ],
    [
      'CONFORMANCE_MAX_BODY_BYTES',
      'max-body-bytes',
      'BYTES',
      'Maximum bytes read of one response',
      '64000000',
    ],
    [
      'CONFORMANCE_MAX_RUN_BYTES',
      'max-run-bytes',
      'BYTES',
      'Maximum bytes read in the whole run',
      '4000000000',
    ],
  ]),
  ...group('data', [
    ['CONFORMANCE_MAX_EVENTS', 'max-events', 'N', 'Maximum events read of one thread', '1000'],
    ['CONFORMANCE_EXHAUSTIVE', 'exhaustive', '', 'Read threads to their end, whatever their length', 'false'],
    ['CONFORMANCE_RUNS', 'runs', 'N', 'Number of generated worlds; queries in proportion', '2'],
    [
      'CONFORMANCE_SEED',
      'seed',
      'N',
      'Seed of generated data; the same seed generates the same data',
      'random',
    ],
  ]),
  ...group('selection', [
    [
      'CONFORMANCE_PROFILE',
      'profile',
      'NAME',
      'smoke (50 requests), default, or thorough (many generated worlds)',
      'default',
    ],
    ['CONFORMANCE_ONLY', 'only', 'LIST', 'Comma-separated areas or requirement IDs', 'all'],
    [
      'CONFORMANCE_SHARD',
      'shard',
      'I/N',
      'Judge one of N parts of the run; combine the parts with merge',
      'the whole run',
    ],
    ['CONFORMANCE_ATTEMPTS', 'attempts', 'N', 'Attempts per failing check', '3'],
    ['CONFORMANCE_FAIL_FAST', 'fail-fast', '', 'Stop at the first MUST requirement that fails', 'false'],
  ]),
  ...group('verdict', [
    [
      'CONFORMANCE_WAIVERS',
      'waivers',
      'FILE',
      'Known failures that do not fail the run',
      'conformance.waivers.json',
    ],
    ['CONFORMANCE_BASELINE', 'baseline', 'FILE', 'An earlier conformance.json to compare with'],
    [
      'CONFORMANCE_STRICT',
      'strict',
      '',
      'Failing SHOULD requirements and unused waivers fail the run too',
      'false',
    ],
    [
      'CONFORMANCE_ALLOW_FLAKY',
      'allow-flaky',
      '',
      'Failures that do not occur in every attempt do not fail the run',
      'false',
    ],
    [
      'CONFORMANCE_REQUIRE_CONCLUSIVE',
      'require-conclusive',
      '',
      'Exit with 3 if any MUST requirement is inconclusive',
      'false',
    ],
    [
      'CONFORMANCE_ALLOW_INCONCLUSIVE',
      'allow-inconclusive',
      '',
      'Do not exit with 3 if fewer than half of the MUST requirements were judged',
      'false',
    ],
  ]),
  ...group('output', [
    ['CONFORMANCE_REPORTS_DIR', 'reports-dir', 'DIR', 'Directory for reports', 'reports'],
    [
      'CONFORMANCE_REPORTER',
      'reporter',
      'LIST',
      'Comma-separated report formats',
      'all but github, and har only if something fails',
    ],
    [
      'CONFORMANCE_REDACT_FIELDS',
      'redact-fields',
      'NAMES',
      'Comma-separated JSON fields whose values are left out of reports',
    ],
  ]),
]
