import { z } from 'zod'
import { type Config, ConfigError, configOf } from '../config/load.ts'
import { profileNames } from '../config/profiles.ts'
import { schemaProblem } from '../contract/schemas.ts'
import type { Waiver } from '../verdict/waivers.ts'
import type { ConformanceOptions } from './conformance-options.ts'
import { optionProblem } from './option-problem.ts'

const text = z.string('must be a text').min(1, 'must not be empty')
const whole = z.int('must be a whole number')
const truth = z.boolean('must be true or false')
const headers = z.record(
  z.string().regex(/^[!#$%&'*+.^_`|~\w-]+$/, 'must be header names with their values'),
  z.string('must be a text').regex(/^[^\r\n]*$/, 'must be one line'),
  'must be an object of header names with their values',
)
const proxy = z.strictObject(
  { http: text.optional(), https: text.optional(), no: text.optional() },
  'must be an object of http, https and no',
)
const waivers = z.custom<readonly Waiver[]>(
  (value) => Array.isArray(value),
  'must be an array of waivers, as schemas/waivers.schema.json describes them',
)

/** The shape of the options; what a value may be is the configuration's to say. */
export const optionShape = z.strictObject(
  {
    baseUrl: text,
    token: text,
    revision: text.optional(),
    sessionId: text.optional(),
    threadId: text.optional(),
    siblingThreadId: text.optional(),
    otherSessionId: text.optional(),
    otherThreadId: text.optional(),
    expiredToken: text.optional(),
    otherTenantToken: text.optional(),
    controlUrl: text.optional(),
    controlToken: text.optional(),
    headers: headers.optional(),
    proxy: proxy.optional(),
    timeoutMs: whole.optional(),
    streamIdleMs: whole.optional(),
    streamTotalMs: whole.optional(),
    maxBodyBytes: whole.optional(),
    maxRateLimitWaitMs: whole.optional(),
    concurrency: whole.optional(),
    maxRps: z.number('must be a number').optional(),
    maxRequests: whole.optional(),
    profile: z.enum(profileNames, `must be one of ${profileNames.join(', ')}`).optional(),
    failFast: truth.optional(),
    maxEvents: whole.optional(),
    exhaustive: truth.optional(),
    runTimeoutMs: whole.optional(),
    maxRunBytes: whole.optional(),
    runs: whole.optional(),
    seed: whole.optional(),
    iOwnThisTarget: truth.optional(),
    redactFields: z.array(text, 'must be an array of field names').optional(),
    attempts: whole.optional(),
    only: z.array(text, 'must be an array of areas and requirement ids').optional(),
    waivers: waivers.optional(),
    strict: truth.optional(),
    allowFlaky: truth.optional(),
    requireConclusive: truth.optional(),
    allowInconclusive: truth.optional(),
  },
  'must be an object',
)

/** The configuration that options describe, and the failures that someone answers for. */
export interface ReadOptions {
  readonly config: Config
  readonly waivers: readonly Waiver[]
}

/**
 * Checks the options of a run.
 * @throws ConfigError with all problems at once, each with the option's name
 */
export function readOptions(options: ConformanceOptions): ReadOptions {
  const result = optionShape.safeParse(options)
  if (!result.success) throw new ConfigError(result.error.issues.map(optionProblem))
  const { headers = {}, proxy = {}, waivers = [], only, redactFields, ...plain } = result.data
  const problem = schemaProblem('waivers', { version: 1, waivers: waivers.map((waiver) => ({ ...waiver })) })
  if (problem !== undefined) throw new ConfigError([`waivers: ${problem}.`])
  const values: Record<string, string> = {
    CONFORMANCE_HEADERS: Object.entries(headers)
      .map((pair) => pair.join(': '))
      .join('\n'),
  }
  if (redactFields !== undefined) values.CONFORMANCE_REDACT_FIELDS = redactFields.join(',')
  if (only !== undefined) values.CONFORMANCE_ONLY = only.join(',')
  for (const [name, value] of Object.entries(plain))
    if (value !== undefined) values[variableOf(name)] = String(value)
  const config = configOf(values, { http: proxy.http, https: proxy.https, no: proxy.no }, optionOf)
  return { config, waivers }
}

/** The environment variable of an option: `maxEvents` is `CONFORMANCE_MAX_EVENTS`. */
export function variableOf(option: string): string {
  return `CONFORMANCE_${option.replace(/[A-Z]/g, '_$&').toUpperCase()}`
}

/** The option of an environment variable: `CONFORMANCE_MAX_EVENTS` is `maxEvents`. */
function optionOf(variable: string): string {
  return variable
    .replace(/^CONFORMANCE_/, '')
    .toLowerCase()
    .replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
