import { readFileSync } from 'node:fs'
import { parse } from 'dotenv'
import { z } from 'zod'
import { ConfigError } from './config-error.ts'
import { options } from './options.ts'
import { profileSettings } from './profiles.ts'
import { settings, type Variable } from './settings.ts'
import { suggestion } from './suggest.ts'

export { ConfigError }

/** The configuration, read once. Times in milliseconds, sizes in bytes. */
export type Config = Readonly<z.output<typeof schema>> & {
  readonly proxy: Proxies
  /** The file that GitHub shows on the page of the job. */
  readonly jobPage: string | undefined
  /** Whether this runs in GitHub Actions. */
  readonly onGitHub: boolean
}

/** Proxies as CI runners name them. */
export interface Proxies {
  readonly http: string | undefined
  readonly https: string | undefined
  readonly no: string | undefined
}

/** Settings that need another one: the first, the second, and what is missing in words. */
const together: readonly (readonly [Variable, Variable, string])[] = [
  ['CONFORMANCE_BASE_URL', 'CONFORMANCE_TOKEN', 'a token is missing'],
  ['CONFORMANCE_THREAD_ID', 'CONFORMANCE_SESSION_ID', 'the session of the thread is missing'],
  ['CONFORMANCE_SIBLING_THREAD_ID', 'CONFORMANCE_SESSION_ID', 'the session of the thread is missing'],
  ['CONFORMANCE_OTHER_THREAD_ID', 'CONFORMANCE_OTHER_SESSION_ID', 'the session of that thread is missing'],
  ['CONFORMANCE_CONTROL_URL', 'CONFORMANCE_BASE_URL', 'the target is missing'],
]

/** Settings that are an error if they are set to an empty text. */
const neverEmpty = [
  'CONFORMANCE_BASE_URL',
  'CONFORMANCE_TOKEN',
  'CONFORMANCE_SESSION_ID',
  'CONFORMANCE_THREAD_ID',
] as const satisfies readonly Variable[]

const schema = z.object(settings)

/** The sources of a command's configuration. */
export interface ConfigSources {
  /** Values of the command line, by environment variable. */
  readonly flags: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string | undefined>>
  /** Path of the `.env` file, which need not exist. */
  readonly dotenvFile: string
  /** The settings that the command uses; others are checked for their names only. All by default. */
  readonly variables?: readonly Variable[] | undefined
}

/**
 * Reads the configuration: flags over environment over `.env` over defaults. An empty text counts as not set, except
 * for the variables that identify the target: an empty secret of a CI system must not select another target.
 * @throws ConfigError with all problems at once, each with the name that the user wrote
 */
export function loadConfig({ flags, env, dotenvFile, variables }: ConfigSources): Config {
  const written = readDotenv(dotenvFile)
  const dotenv = given(written)
  const unknown = [...unknownVariables(env, ''), ...unknownVariables(dotenv, ' in .env')]
  const used = (name: string) =>
    variables === undefined || !(name in settings) || variables.some((one) => one === name)
  const merged = Object.fromEntries(
    Object.entries({ ...dotenv, ...given(env), ...given(flags) }).filter(([name]) => used(name)),
  )
  if (merged.CONFORMANCE_TOKEN === undefined && merged.QODER_PAT !== undefined)
    merged.CONFORMANCE_TOKEN = merged.QODER_PAT
  const proxies = {
    http: merged.http_proxy ?? merged.HTTP_PROXY,
    https: merged.https_proxy ?? merged.HTTPS_PROXY,
    no: merged.no_proxy ?? merged.NO_PROXY,
  }
  const nameOf = (variable: string) => {
    const flag = options.find((option) => option.variable === variable)?.flag
    return flag !== undefined && given(flags)[variable] !== undefined ? `--${flag}` : variable
  }
  const empty = neverEmpty.filter(used).flatMap((variable) => {
    const value = flags[variable] ?? env[variable] ?? written[variable]
    return value === '' ? [emptyProblem(variable, flags)] : []
  })
  const config = configOf(merged, proxies, nameOf, [...unknown, ...empty])
  const { GITHUB_STEP_SUMMARY: jobPage, GITHUB_ACTIONS } = given(env)
  return Object.freeze({ ...config, jobPage, onGitHub: GITHUB_ACTIONS === 'true' })
}

/**
 * Reads the configuration from these values only.
 * @param values texts by environment variable; others than the suite's own are ignored
 * @param nameOf the name by which the user knows a setting
 * @param problems those found so far
 * @throws ConfigError with all problems at once
 */
export function configOf(
  values: Readonly<Record<string, string>>,
  proxy: Proxies,
  nameOf: (variable: string) => string = (variable) => variable,
  problems: readonly string[] = [],
): Config {
  const known: Readonly<Record<string, string>> = {
    ...profileSettings(values.CONFORMANCE_PROFILE),
    ...Object.fromEntries(Object.entries(values).filter(([name]) => name in settings)),
  }
  const result = schema.safeParse(known)
  const invalid = result.success
    ? []
    : result.error.issues.map(
        (issue) =>
          `${nameOf(issue.path.join('.'))} ${issue.message}${wrongText(issue, values)}${/[.?]$/.test(issue.message) ? '' : '.'}`,
      )
  const incomplete = together
    .filter(([one, other]) => known[one] !== undefined && known[other] === undefined)
    .map(([one, other, lack]) => `${nameOf(one)} is set, but ${lack}. Set ${setName(other, nameOf)}.`)
  const all = [...problems, ...invalid, ...incomplete]
  if (!result.success || all.length > 0) throw new ConfigError(all)
  return Object.freeze({ ...result.data, proxy, jobPage: undefined, onGitHub: false })
}

function emptyProblem(variable: Variable, flags: Readonly<Record<string, string>>): string {
  const flag = options.find((option) => option.variable === variable)?.flag
  const name = flag !== undefined && flags[variable] === '' ? `--${flag}` : variable
  return `${name} is empty: set it or remove it.`
}

function setName(variable: Variable, nameOf: (variable: string) => string): string {
  const name = nameOf(variable)
  return name === 'CONFORMANCE_TOKEN' ? `${name} (or QODER_PAT)` : name
}

function unknownVariables(values: Readonly<Record<string, string | undefined>>, where: string): string[] {
  return Object.keys(values)
    .filter((name) => name.startsWith('CONFORMANCE_') && !(name in settings))
    .map((name) => `Unknown variable ${name}${where}.${suggestion(name, Object.keys(settings))}`)
}

function given(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, value]],
    ),
  )
}

// The invalid text is shown, unless it might be a secret or the message quotes it already.
function wrongText(
  { path: [name], message }: z.core.$ZodIssue,
  merged: Readonly<Record<string, string>>,
): string {
  const option = options.find(({ variable }) => variable === name)
  const value = merged[String(name)]
  if (option?.flag === undefined || value === undefined || message.startsWith('names ')) return ''
  // A password or a token may be part of a URL.
  if (option.placeholder === 'URL' && /[@?#]/.test(value)) return ''
  return ` (it is ${JSON.stringify(value)})`
}

function readDotenv(file: string): Record<string, string> {
  try {
    return parse(readFileSync(file))
  } catch {
    return {}
  }
}
