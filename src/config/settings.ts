import { z } from 'zod'
import { allRequirements, areas } from '../contract/catalogue.ts'
import { defaultRevision, revisionNames } from '../contract/revisions/index.ts'
import { profileNames } from './profiles.ts'
import { reportFormatNames } from './report-formats.ts'
import { suggestion } from './suggest.ts'

const text = z.string().min(1)
const count = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`))
const rate = z
  .string()
  .regex(/^\d+(\.\d+)?$/, 'must be a number')
  .transform(Number)
  .pipe(z.number().min(0.01, 'must be at least 0.01').max(100_000, 'must be at most 100000'))
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
      error: 'must not contain a user name, password or query; set the token in CONFORMANCE_TOKEN',
    },
  )
  .transform((value) => value.replace(/\/+$/, ''))
const headerLines = z.string().transform((value, context) => {
  const lines = value.split(/\r?\n/).filter((line) => line.trim() !== '')
  return lines.flatMap((line) => {
    const match = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line)
    if (match === null) {
      context.addIssue({ code: 'custom', message: 'must have one `Name: value` per line' })
      return []
    }
    return [[match[1] ?? '', match[2] ?? ''] as const]
  })
})
/** The default number of generated worlds. */
const defaultRuns = 2

/** Everything that a run can be restricted to. */
export const selectable: readonly string[] = [
  ...areas,
  'live',
  'model',
  ...allRequirements.map(({ id }) => id),
]

const selection = z.string().transform((value, context) => {
  const names = value.split(/[\s,]+/).filter((name) => name !== '')
  for (const name of names)
    if (!selectable.includes(name))
      context.addIssue({
        code: 'custom',
        message: `names ${JSON.stringify(name)}, which is not a known area or requirement ID.${suggestion(name, selectable)}`,
      })
  return names
})
const shard = z.string().transform((value, context) => {
  const [, index = 0, count = 0] = (/^(\d{1,3})\/(\d{1,3})$/.exec(value) ?? []).map(Number)
  if (index >= 1 && index <= count && count <= areas.length) return { index, count }
  context.addIssue({
    code: 'custom',
    message: `must be I/N with I from 1 to N and N at most ${areas.length}, for example 1/3`,
  })
  return z.NEVER
})

const fieldNames = z.string().transform((value) =>
  value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== ''),
)

const formats = z.string().transform((value, context) => {
  const names = value.split(/[\s,]+/).filter((name) => name !== '')
  const unknown = names.filter((name) => !reportFormatNames.some((known) => known === name))
  for (const name of unknown)
    context.addIssue({
      code: 'custom',
      message: `names ${JSON.stringify(name)}, which is not a report format.${suggestion(name, reportFormatNames)} Choose from ${reportFormatNames.join(', ')}`,
    })
  return reportFormatNames.filter((name) => names.includes(name))
})

/** How the text of each environment variable is read. */
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
  CONFORMANCE_REDACT_FIELDS: fieldNames.default([]),
  CONFORMANCE_REPORTS_DIR: text.default('reports'),
  CONFORMANCE_RUN_TIMEOUT_MS: count(1, 86_400_000).default(600_000),
  CONFORMANCE_TIMEOUT_MS: count(1, 600_000).default(10_000),
  CONFORMANCE_STREAM_IDLE_MS: count(1, 600_000).default(10_000),
  CONFORMANCE_STREAM_TOTAL_MS: count(1, 3_600_000).default(60_000),
  CONFORMANCE_MAX_BODY_BYTES: count(1_000, 2_000_000_000).default(64_000_000),
  CONFORMANCE_MAX_RUN_BYTES: count(1_000, 100_000_000_000).default(4_000_000_000),
  CONFORMANCE_MAX_RATE_LIMIT_WAIT_MS: count(0, 3_600_000).default(60_000),
  CONFORMANCE_CONCURRENCY: count(1, 256).default(8),
  CONFORMANCE_MAX_RPS: rate.optional(),
  CONFORMANCE_MAX_REQUESTS: count(1, 1_000_000).optional(),
  CONFORMANCE_MAX_EVENTS: count(1, 10_000_000).default(1_000),
  CONFORMANCE_EXHAUSTIVE: flag.default(false),
  CONFORMANCE_ATTEMPTS: count(1, 50).default(3),
  CONFORMANCE_PROFILE: z
    .enum(profileNames, `must be ${profileNames.slice(0, -1).join(', ')} or ${profileNames.at(-1)}`)
    .default('default'),
  CONFORMANCE_FAIL_FAST: flag.default(false),
  CONFORMANCE_REVISION: z
    .enum(revisionNames, `must be ${revisionNames.join(' or ')}`)
    .default(defaultRevision.name),
  CONFORMANCE_RUNS: count(0, 1_000_000).default(defaultRuns),
  CONFORMANCE_SEED: count(0, 2 ** 31 - 1).optional(),
  CONFORMANCE_I_OWN_THIS_TARGET: flag.default(false),
  CONFORMANCE_ONLY: selection.default([]),
  CONFORMANCE_SHARD: shard.optional(),
  CONFORMANCE_WAIVERS: text.optional(),
  CONFORMANCE_BASELINE: text.optional(),
  CONFORMANCE_STRICT: flag.default(false),
  CONFORMANCE_ALLOW_FLAKY: flag.default(false),
  CONFORMANCE_REQUIRE_CONCLUSIVE: flag.default(false),
  CONFORMANCE_ALLOW_INCONCLUSIVE: flag.default(false),
  CONFORMANCE_REPORTER: formats.optional(),
} as const

/** An environment variable of the suite. */
export type Variable = keyof typeof settings
