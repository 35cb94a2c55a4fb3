import { readFileSync } from 'node:fs'
import { parse } from 'dotenv'
import { z } from 'zod'
import { options, settings } from './options.ts'

/** What the suite was told, read once. Times in milliseconds, sizes in bytes. */
export type Config = Readonly<z.output<typeof schema>> & {
  readonly proxy: Proxies
  /** The file that GitHub shows on the page of the job. */
  readonly jobPage: string | undefined
}

/** Proxies as CI runners name them. */
export interface Proxies {
  readonly http: string | undefined
  readonly https: string | undefined
  readonly no: string | undefined
}

/** A user's mistake: every problem in words, each with the name to set. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

const together: readonly (readonly [keyof typeof settings, keyof typeof settings, string])[] = [
  [
    'CONFORMANCE_BASE_URL',
    'CONFORMANCE_TOKEN',
    'a target needs a token; set CONFORMANCE_TOKEN (or QODER_PAT)',
  ],
  [
    'CONFORMANCE_THREAD_ID',
    'CONFORMANCE_SESSION_ID',
    'a thread needs its session; set CONFORMANCE_SESSION_ID',
  ],
  [
    'CONFORMANCE_SIBLING_THREAD_ID',
    'CONFORMANCE_SESSION_ID',
    'a sibling thread needs its session; set CONFORMANCE_SESSION_ID',
  ],
  [
    'CONFORMANCE_OTHER_THREAD_ID',
    'CONFORMANCE_OTHER_SESSION_ID',
    'the other thread needs its session; set CONFORMANCE_OTHER_SESSION_ID',
  ],
  [
    'CONFORMANCE_CONTROL_URL',
    'CONFORMANCE_BASE_URL',
    'the control URL belongs to a target; set CONFORMANCE_BASE_URL',
  ],
]

const schema = z.object(settings)

/**
 * Reads the configuration: flags over environment over `.env` over defaults. An empty text counts as not set.
 * @param flags values by environment variable, as the command line gave them
 * @param env the environment
 * @param dotenvFile path of the `.env` file, which need not exist
 * @throws ConfigError with all problems at once
 */
export function loadConfig(
  flags: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string | undefined>>,
  dotenvFile: string,
): Config {
  const merged = { ...readDotenv(dotenvFile), ...given(env), ...given(flags) }
  if (merged.CONFORMANCE_TOKEN === undefined && merged.QODER_PAT !== undefined)
    merged.CONFORMANCE_TOKEN = merged.QODER_PAT
  const config = configOf(merged, {
    http: merged.http_proxy ?? merged.HTTP_PROXY,
    https: merged.https_proxy ?? merged.HTTPS_PROXY,
    no: merged.no_proxy ?? merged.NO_PROXY,
  })
  return Object.freeze({ ...config, jobPage: given(env).GITHUB_STEP_SUMMARY })
}

/**
 * Reads the configuration from these values alone.
 * @param values texts by environment variable; others than the suite's own are passed over
 * @throws ConfigError with all problems at once
 */
export function configOf(values: Readonly<Record<string, string>>, proxy: Proxies): Config {
  const known = Object.fromEntries(Object.entries(values).filter(([name]) => name in settings))
  const result = schema.safeParse(known)
  const problems = result.success
    ? []
    : result.error.issues.map(
        (issue) => `${issue.path.join('.')} ${issue.message}${wrongText(issue.path[0], values)}.`,
      )
  for (const [one, other, sentence] of together)
    if (known[one] !== undefined && known[other] === undefined)
      problems.push(`${one} is set, but ${sentence}.`)
  if (!result.success || problems.length > 0) throw new ConfigError(problems)
  return Object.freeze({ ...result.data, proxy, jobPage: undefined })
}

function given(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, value]],
    ),
  )
}

// The text that was wrong is shown, unless it might be a secret.
function wrongText(name: PropertyKey | undefined, merged: Readonly<Record<string, string>>): string {
  const option = options.find(({ variable }) => variable === name)
  const value = merged[String(name)]
  if (option?.flag === undefined || value === undefined) return ''
  // A password or a token may stand in a URL.
  if (option.placeholder === 'URL' && /[@?#]/.test(value)) return ''
  return ` (it is ${JSON.stringify(value)})`
}

function readDotenv(file: string): Record<string, string> {
  try {
    return given(parse(readFileSync(file)))
  } catch {
    return {}
  }
}
