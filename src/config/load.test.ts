import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigError, loadConfig as load } from './load.ts'
import { options } from './options.ts'
import { settings } from './settings.ts'

const nowhere = join(tmpdir(), 'no-such-folder', '.env')

function loadConfig(flags: Record<string, string>, env: Record<string, string>, dotenvFile: string) {
  return load({ flags, env, dotenvFile })
}

function dotenv(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'conformance-config-')), '.env')
  writeFileSync(file, text)
  return file
}

function problemsOf(flags: Record<string, string>, env: Record<string, string> = {}): readonly string[] {
  try {
    loadConfig(flags, env, nowhere)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

test('flags take precedence over the environment, then .env, then defaults', () => {
  const file = dotenv('CONFORMANCE_TIMEOUT_MS=1\nCONFORMANCE_CONCURRENCY=2\nCONFORMANCE_ATTEMPTS=4')
  const env = { CONFORMANCE_TIMEOUT_MS: '5', CONFORMANCE_CONCURRENCY: '6' }
  const config = loadConfig({ CONFORMANCE_TIMEOUT_MS: '7' }, env, file)
  expect([
    config.CONFORMANCE_TIMEOUT_MS,
    config.CONFORMANCE_CONCURRENCY,
    config.CONFORMANCE_ATTEMPTS,
  ]).toEqual([7, 6, 4])
  expect(config.CONFORMANCE_MAX_EVENTS).toBe(1_000)
})

test('an empty text counts as not set', () => {
  const config = loadConfig({}, { CONFORMANCE_TIMEOUT_MS: '', CONFORMANCE_ONLY: '' }, nowhere)
  expect([config.CONFORMANCE_TIMEOUT_MS, config.CONFORMANCE_ONLY]).toEqual([10_000, []])
})

describe('an empty text for what identifies the target', () => {
  test.for(['CONFORMANCE_BASE_URL', 'CONFORMANCE_TOKEN', 'CONFORMANCE_SESSION_ID', 'CONFORMANCE_THREAD_ID'])(
    'is an error: %s',
    (name) => {
      expect(problemsOf({}, { [name]: '' })).toContain(`${name} is empty: set it or remove it.`)
    },
  )

  test('is an error in .env and as a flag too', () => {
    expect(() => loadConfig({}, {}, dotenv('CONFORMANCE_TOKEN='))).toThrow('CONFORMANCE_TOKEN is empty')
    expect(problemsOf({ CONFORMANCE_BASE_URL: '' })).toEqual(['--base-url is empty: set it or remove it.'])
  })

  test('is overridden by a source that takes precedence', () => {
    const env = { CONFORMANCE_TOKEN: 't', CONFORMANCE_BASE_URL: '' }
    expect(problemsOf({ CONFORMANCE_BASE_URL: 'https://h' }, env)).toEqual([])
  })

  test('is not an error for a command that does not use it', () => {
    const sources = { flags: {}, env: { CONFORMANCE_TOKEN: '' }, dotenvFile: nowhere }
    expect(load({ ...sources, variables: ['CONFORMANCE_REPORTS_DIR'] }).CONFORMANCE_TOKEN).toBeUndefined()
  })
})

test('the job page is read from the environment of GitHub, never from .env', () => {
  const file = dotenv('GITHUB_STEP_SUMMARY=/from/dotenv')
  expect(loadConfig({}, { GITHUB_STEP_SUMMARY: '/page.md' }, file).jobPage).toBe('/page.md')
  expect(loadConfig({}, {}, file).jobPage).toBeUndefined()
})

test('QODER_PAT is used if CONFORMANCE_TOKEN is not set', () => {
  expect(loadConfig({}, { QODER_PAT: 'a' }, nowhere).CONFORMANCE_TOKEN).toBe('a')
  expect(loadConfig({}, { QODER_PAT: 'a', CONFORMANCE_TOKEN: 'b' }, nowhere).CONFORMANCE_TOKEN).toBe('b')
})

test('removes a trailing slash of the base URL', () => {
  const env = { CONFORMANCE_TOKEN: 't' }
  expect(loadConfig({ CONFORMANCE_BASE_URL: 'https://h/v1//' }, env, nowhere).CONFORMANCE_BASE_URL).toBe(
    'https://h/v1',
  )
})

test('reads additional headers, one per line', () => {
  const config = loadConfig({}, { CONFORMANCE_HEADERS: 'X-Gate: a: b\n\nX-Other:c' }, nowhere)
  expect(config.CONFORMANCE_HEADERS).toEqual([
    ['X-Gate', 'a: b'],
    ['X-Other', 'c'],
  ])
})

test('reads true, 1 and yes as true, and false, 0 and no as false', () => {
  const strict = (text: string) => loadConfig({}, { CONFORMANCE_STRICT: text }, nowhere).CONFORMANCE_STRICT
  expect(['1', 'true', 'yes'].map(strict)).toEqual([true, true, true])
  expect(['0', 'false', 'no', ''].map(strict)).toEqual([false, false, false, false])
})

test('reads a selection separated by commas or spaces', () => {
  const { CONFORMANCE_ONLY } = loadConfig({ CONFORMANCE_ONLY: 'filter, PAG-03  not-found,' }, {}, nowhere)
  expect(CONFORMANCE_ONLY).toEqual(['filter', 'PAG-03', 'not-found'])
})

test('reads proxies from the usual variables, lower-case names first', () => {
  const env = {
    HTTP_PROXY: 'http://upper',
    http_proxy: 'http://lower',
    HTTPS_PROXY: 'http://s',
    NO_PROXY: 'h',
  }
  expect(loadConfig({}, env, nowhere).proxy).toEqual({
    http: 'http://lower',
    https: 'http://s',
    no: 'h',
  })
})

test('the configuration cannot be changed', () => {
  expect(Object.isFrozen(loadConfig({}, {}, nowhere))).toBe(true)
})

describe('a mistake is named as the user wrote it', () => {
  test('all of them at once', () => {
    const problems = problemsOf({
      CONFORMANCE_TIMEOUT_MS: 'x',
      CONFORMANCE_ONLY: 'PAG-99,filter',
      CONFORMANCE_STRICT: 'maybe',
    })
    for (const name of ['--timeout-ms', '--only', '--strict'])
      expect(problems.filter((problem) => problem.startsWith(name))).toHaveLength(1)
  })
  test.for<[string, string]>([
    ['CONFORMANCE_BASE_URL', 'ftp://h'],
    ['CONFORMANCE_BASE_URL', 'https://user:pass@h/v1'],
    ['CONFORMANCE_BASE_URL', 'https://h/v1?token=x'],
    ['CONFORMANCE_CONCURRENCY', '0'],
    ['CONFORMANCE_MAX_RPS', '0'],
    ['CONFORMANCE_MAX_RPS', '1/s'],
    ['CONFORMANCE_MAX_REQUESTS', '0'],
    ['CONFORMANCE_PROFILE', 'quick'],
  ])('%s=%s', ([name, value]) => {
    expect(problemsOf({}, { CONFORMANCE_TOKEN: 't', [name]: value }).join()).toContain(name)
  })
  test('a target without a token, a thread without its session', () => {
    const problems = problemsOf({ CONFORMANCE_BASE_URL: 'https://h', CONFORMANCE_THREAD_ID: 'sthr_a' }).join()
    expect(problems).toContain('CONFORMANCE_TOKEN')
    expect(problems).toContain('CONFORMANCE_SESSION_ID')
  })
  test.for<[string, string]>([
    ['CONFORMANCE_HEADERS', 'hunter2-without-a-name'],
    ['CONFORMANCE_BASE_URL', 'https://user:hunter2@h/v1'],
    ['CONFORMANCE_BASE_URL', 'user:hunter2@h'],
    ['CONFORMANCE_CONTROL_URL', 'https://h/v1?token=hunter2'],
  ])('and never with a secret: %s=%s', ([name, value]) => {
    const problems = problemsOf({}, { [name]: value }).join()
    expect(problems).toContain(name)
    expect(problems).not.toContain('hunter2')
  })
  test('and quotes the wrong text if it is not a secret', () => {
    expect(problemsOf({ CONFORMANCE_TIMEOUT_MS: '1s' })).toEqual([
      '--timeout-ms must be a whole number (it is "1s").',
    ])
    expect(problemsOf({}, { CONFORMANCE_BASE_URL: 'localhost:8080', CONFORMANCE_TOKEN: 't' })).toEqual([
      'CONFORMANCE_BASE_URL must be an http or https URL (it is "localhost:8080").',
    ])
  })
})

test('an unknown variable is refused with a suggestion, in the environment and in .env', () => {
  expect(problemsOf({}, { CONFORMANCE_MAX_EVENT: '5' })).toEqual([
    'Unknown variable CONFORMANCE_MAX_EVENT. Did you mean CONFORMANCE_MAX_EVENTS?',
  ])
  const file = dotenv('CONFORMANCE_TOKN=secret')
  expect(() => loadConfig({}, {}, file)).toThrow(
    'Unknown variable CONFORMANCE_TOKN in .env. Did you mean CONFORMANCE_TOKEN?',
  )
})

test('a command reads the variables of its own options only', () => {
  const env = { CONFORMANCE_BASE_URL: 'nowhere', CONFORMANCE_STRICT: '1' }
  const config = load({ flags: {}, env, dotenvFile: nowhere, variables: ['CONFORMANCE_STRICT'] })
  expect([config.CONFORMANCE_STRICT, config.CONFORMANCE_BASE_URL]).toEqual([true, undefined])
})

test('every setting but the stand-in for the token is documented, and no secret has a flag', () => {
  const named = options.map(({ variable }) => String(variable))
  expect([...named, 'QODER_PAT'].toSorted()).toEqual(Object.keys(settings).toSorted())
  for (const { variable, flag } of options)
    if (/TOKEN|HEADERS/.test(variable)) expect(flag, variable).toBeUndefined()
})
