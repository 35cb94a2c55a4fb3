import { z } from 'zod'
import { areas, isRequirementId } from '../contract/catalogue.ts'

/** One setting: its environment variable, its flag where it has one, and how its text is read. */
export interface Option {
  readonly variable: string
  /** Secrets have none: a flag would show in the process list. */
  readonly flag: string | undefined
  readonly placeholder: string
  readonly help: string
  readonly defaultText: string
}

const text = z.string().min(1)
const count = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`))
const flag = z
  .enum(['1', '0', 'true', 'false', 'yes', 'no'], 'must be true or false')
  .transform((value) => ['1', 'true', 'yes'].includes(value))
const address = z
  .string()
  .refine(
    (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
    'must be an http or https URL',
  )
  .refine(
    (value) => !URL.canParse(value) || (new URL(value).username === '' && new URL(value).search === ''),
    {
      error: 'must have no user name, password or query; a token belongs in CONFORMANCE_TOKEN',
    },
  )
  .transform((value) => value.replace(/\/+$/, ''))
const headerLines = z.string().transform((value, context) => {
  const lines = value.split(/\r?\n/).filter((line) => line.trim() !== '')
  return lines.flatMap((line) => {
    const match = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line)
    if (match === null) {
      context.addIssue({ code: 'custom', message: 'must have one `Name: value` a line' })
      return []
    }
    return [[match[1] ?? '', match[2] ?? ''] as const]
  })
})
const selection = z.string().transform((value, context) => {
  const names = value.split(/[\s,]+/).filter((name) => name !== '')
  for (const name of names)
    if (!isRequirementId(name) && ![...areas, 'live', 'model'].some((area) => area === name))
      context.addIssue({
        code: 'custom',
        message: `names ${JSON.stringify(name)}, which is no area and no requirement id`,
      })
  return names
})
const shard = z.string().transform((value, context) => {
  const [, index = 0, count = 0] = (/^(\d{1,3})\/(\d{1,3})$/.exec(value) ?? []).map(Number)
  if (index >= 1 && index <= count && count <= areas.length) return { index, count }
  context.addIssue({
    code: 'custom',
    message: `must be one of the parts 1/N to N/N, where N is no more than ${areas.length}`,
  })
  return z.NEVER
})

/** How each variable's text is read; the keys are the environment variables. */
export const settings = {
  CONFORMANCE_BASE_URL: address.optional(),
  CONFORMANCE_TOKEN: text.optional(),
  QODER_PAT: text.optional(),
  CONFORMANCE_SESSION_ID: text.optional(),
  CONFORMANCE_THREAD_ID: text.optional(),
  CONFORMANCE_SIBLING_THREAD_ID: text.optional(),
  CONFORMANCE_OTHER_SESSION_ID: text.optional(),
  CONFORMANCE_OTHER_THREAD_ID: text.optional(),
  CONFORMANCE_EXPIRED_TOKEN: text.optional(),
  CONFORMANCE_OTHER_TENANT_TOKEN: text.optional(),
  CONFORMANCE_CONTROL_URL: address.optional(),
  CONFORMANCE_CONTROL_TOKEN: text.optional(),
  CONFORMANCE_HEADERS: headerLines.default([]),
  CONFORMANCE_REPORTS_DIR: text.default('reports'),
  CONFORMANCE_RUN_TIMEOUT_MS: count(1, 86_400_000).default(600_000),
  CONFORMANCE_TIMEOUT_MS: count(1, 600_000).default(10_000),
  CONFORMANCE_STREAM_IDLE_MS: count(1, 600_000).default(5_000),
  CONFORMANCE_STREAM_TOTAL_MS: count(1, 3_600_000).default(60_000),
  CONFORMANCE_MAX_BODY_BYTES: count(1_000, 2_000_000_000).default(64_000_000),
  CONFORMANCE_MAX_RUN_BYTES: count(1_000, 100_000_000_000).default(500_000_000),
  CONFORMANCE_MAX_RATE_LIMIT_WAIT_MS: count(0, 3_600_000).default(60_000),
  CONFORMANCE_CONCURRENCY: count(1, 256).default(8),
  CONFORMANCE_MAX_RPS: count(1, 100_000).optional(),
  CONFORMANCE_MAX_EVENTS: count(1, 10_000_000).default(1_000),
  CONFORMANCE_EXHAUSTIVE: flag.default(false),
  CONFORMANCE_ATTEMPTS: count(1, 50).default(3),
  CONFORMANCE_RUNS: count(0, 1_000_000).default(8),
  CONFORMANCE_SEED: count(0, 2 ** 31 - 1).optional(),
  CONFORMANCE_I_OWN_THIS_TARGET: flag.default(false),
  CONFORMANCE_ONLY: selection.default([]),
  CONFORMANCE_SHARD: shard.optional(),
  CONFORMANCE_WAIVERS: text.optional(),
  CONFORMANCE_BASELINE: text.optional(),
  CONFORMANCE_STRICT: flag.default(false),
  CONFORMANCE_REQUIRE_CONCLUSIVE: flag.default(false),
} as const

export type Variable = keyof typeof settings

const option = (
  variable: Variable,
  flagName: string | undefined,
  placeholder: string,
  help: string,
  defaultText = '',
): Option & { readonly variable: Variable } => ({ variable, flag: flagName, placeholder, help, defaultText })

/** All options in the order of the documentation. */
export const options = [
  option(
    'CONFORMANCE_BASE_URL',
    'base-url',
    'URL',
    'Everything before /sessions/…',
    'the embedded reference server',
  ),
  option('CONFORMANCE_TOKEN', undefined, 'TOKEN', 'The token that may read the thread', 'QODER_PAT'),
  option('CONFORMANCE_SESSION_ID', 'session-id', 'ID', 'The session', 'looked for'),
  option('CONFORMANCE_THREAD_ID', 'thread-id', 'ID', 'The thread that is judged', 'looked for'),
  option(
    'CONFORMANCE_SIBLING_THREAD_ID',
    'sibling-thread-id',
    'ID',
    'Another thread of that session',
    'looked for',
  ),
  option('CONFORMANCE_OTHER_SESSION_ID', 'other-session-id', 'ID', 'Another session', 'looked for'),
  option(
    'CONFORMANCE_OTHER_THREAD_ID',
    'other-thread-id',
    'ID',
    'A thread of that other session',
    'looked for',
  ),
  option('CONFORMANCE_EXPIRED_TOKEN', undefined, 'TOKEN', 'A token whose time is over'),
  option('CONFORMANCE_OTHER_TENANT_TOKEN', undefined, 'TOKEN', 'A valid token of another tenant'),
  option('CONFORMANCE_CONTROL_URL', 'control-url', 'URL', "Where the target's control protocol answers"),
  option('CONFORMANCE_CONTROL_TOKEN', undefined, 'TOKEN', 'The token of the control protocol'),
  option(
    'CONFORMANCE_HEADERS',
    undefined,
    'LINES',
    'Further request headers, one `Name: value` a line; secrets',
  ),
  option('CONFORMANCE_REPORTS_DIR', 'reports-dir', 'DIR', 'Where reports are written', 'reports'),
  option('CONFORMANCE_RUN_TIMEOUT_MS', 'run-timeout', 'MS', 'Time budget of the whole run', '600000'),
  option('CONFORMANCE_TIMEOUT_MS', 'timeout-ms', 'MS', 'Deadline of one request', '10000'),
  option('CONFORMANCE_STREAM_IDLE_MS', 'stream-idle-ms', 'MS', 'How long a stream may give no event', '5000'),
  option('CONFORMANCE_STREAM_TOTAL_MS', 'stream-total-ms', 'MS', 'Deadline of one stream', '60000'),
  option(
    'CONFORMANCE_MAX_BODY_BYTES',
    'max-body-bytes',
    'BYTES',
    'How much of one answer is read',
    '64000000',
  ),
  option(
    'CONFORMANCE_MAX_RUN_BYTES',
    'max-run-bytes',
    'BYTES',
    'How much is read in the whole run',
    '500000000',
  ),
  option(
    'CONFORMANCE_MAX_RATE_LIMIT_WAIT_MS',
    'max-rate-limit-wait-ms',
    'MS',
    'How long one request waits out 429s',
    '60000',
  ),
  option('CONFORMANCE_CONCURRENCY', 'concurrency', 'N', 'Requests under way at once', '8'),
  option('CONFORMANCE_MAX_RPS', 'max-rps', 'N', 'Requests a second', 'no limit'),
  option('CONFORMANCE_MAX_EVENTS', 'max-events', 'N', 'How much of a very long thread is read', '1000'),
  option(
    'CONFORMANCE_EXHAUSTIVE',
    'exhaustive',
    '',
    'Read threads to their end, however long they are',
    'false',
  ),
  option('CONFORMANCE_ATTEMPTS', 'attempts', 'N', 'How often a failing check is tried in all', '3'),
  option('CONFORMANCE_RUNS', 'runs', 'N', 'How many worlds are generated; queries in proportion', '8'),
  option('CONFORMANCE_SEED', 'seed', 'N', 'Generates the data of an earlier run again', 'drawn by lot'),
  option(
    'CONFORMANCE_I_OWN_THIS_TARGET',
    'i-own-this-target',
    '',
    'Sessions may be made through a control URL on another host',
    'false',
  ),
  option('CONFORMANCE_ONLY', 'only', 'LIST', 'Areas or requirement ids to judge, by commas', 'all'),
  option('CONFORMANCE_SHARD', 'shard', 'I/N', 'Judges one of N parts; merge puts them together', 'the whole'),
  option(
    'CONFORMANCE_WAIVERS',
    'waivers',
    'FILE',
    'Known failures that do not gate',
    'conformance.waivers.json',
  ),
  option('CONFORMANCE_BASELINE', 'baseline', 'FILE', 'An earlier report to compare with at the end'),
  option('CONFORMANCE_STRICT', 'strict', '', 'A failing SHOULD, or an unused waiver, gates too', 'false'),
  option(
    'CONFORMANCE_REQUIRE_CONCLUSIVE',
    'require-conclusive',
    '',
    'An inconclusive MUST ends in exit code 3',
    'false',
  ),
] as const
