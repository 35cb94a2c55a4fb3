import { expect, test } from 'vitest'
import { ConfigError } from '../config/load.ts'
import { settings } from '../config/settings.ts'
import { optionShape, readOptions, variableOf } from './read-options.ts'
import { createReferenceServer, faultNames } from './reference-server.ts'
import { runConformance } from './run-conformance.ts'

const target = { baseUrl: 'http://127.0.0.1:1/v1', token: 'a-token-of-no-worth' }

async function problemsOf(call: () => unknown): Promise<readonly string[]> {
  try {
    await call()
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

/** An argument as plain JavaScript may give it. */
function untyped(value: object) {
  return Object.assign({ ...target }, value)
}

test('every setting of the command is an option, but for what only a command has', () => {
  const ofCommand = [
    'QODER_PAT',
    'CONFORMANCE_REPORTS_DIR',
    'CONFORMANCE_REPORTER',
    'CONFORMANCE_BASELINE',
    'CONFORMANCE_SHARD',
  ]
  const named = Object.keys(optionShape.shape).filter((name) => name !== 'proxy')
  expect([...named.map(variableOf), ...ofCommand].toSorted()).toEqual(Object.keys(settings).toSorted())
})

test('options mean what the settings mean', () => {
  const { config } = readOptions({
    ...target,
    headers: { 'X-Gate': 'a: b' },
    only: ['filter', 'PAG-03'],
    maxEvents: 7,
    strict: true,
    proxy: { https: 'http://proxy' },
  })
  expect(config).toMatchObject({
    CONFORMANCE_HEADERS: [['X-Gate', 'a: b']],
    CONFORMANCE_ONLY: ['filter', 'PAG-03'],
    CONFORMANCE_MAX_EVENTS: 7,
    CONFORMANCE_STRICT: true,
    CONFORMANCE_CONCURRENCY: 8,
    proxy: { https: 'http://proxy', http: undefined },
  })
})

test('nothing is read from the environment', () => {
  process.env.CONFORMANCE_MAX_EVENTS = '5'
  process.env.HTTPS_PROXY = 'http://proxy'
  try {
    const { config } = readOptions(target)
    expect([config.CONFORMANCE_MAX_EVENTS, config.proxy.https]).toEqual([1_000, undefined])
  } finally {
    delete process.env.CONFORMANCE_MAX_EVENTS
    delete process.env.HTTPS_PROXY
  }
})

test.for<[string, object, string]>([
  ['a URL that was never set', { baseUrl: undefined }, 'baseUrl must be a text.'],
  ['a token that is empty', { token: '' }, 'token must not be empty.'],
  ['an option that does not exist', { maxEvent: 5 }, 'There is no option "maxEvent".'],
  ['a number out of range', { attempts: 0 }, 'attempts must be at least 1 (it is "0").'],
  ['no number', { timeoutMs: '10' }, 'timeoutMs must be a whole number.'],
  [
    'an unknown area',
    { only: ['paging'] },
    'only names "paging", which is not a known area or requirement ID',
  ],
  [
    'a thread without its session',
    { threadId: 'sthr_a' },
    'threadId is set, but the session of the thread is missing. Set sessionId.',
  ],
  ['no web address', { baseUrl: 'localhost:80' }, 'baseUrl must be an http or https URL'],
  ['two lines in a header', { headers: { 'x-a': 'hunter2\r\nx-b: c' } }, 'headers must be one line.'],
  [
    'a waiver without an owner',
    { waivers: [{ requirement: 'PAG-03' }] },
    "waivers: waivers.0 must have required property 'owner'.",
  ],
])('a run is refused for %s', async ([, change, sentence]) => {
  const problems = await problemsOf(() => runConformance(untyped(change)))
  expect(problems).toEqual([expect.stringContaining(sentence)])
  expect(problems.join()).not.toContain('hunter2')
})

test.for<[object, string]>([
  [{ fault: 'no-such-fault' }, 'Unknown fault "no-such-fault". faultNames lists all.'],
  [{ variant: 'no-such-variant' }, 'Unknown variant "no-such-variant".'],
  [{ fault: faultNames[0], variant: 'gzip-unasked' }, 'fault and variant cannot be combined'],
  [{ fault: 'next-page-on-last-page', revision: '2026-06' }, 'Set the revision to 2026-07.'],
  [{ world: 'no-such-world' }, 'Unknown world "no-such-world". Choose from default,'],
  [{ world: { version: 1, sessions: [{}] } }, 'world: sessions.0 must have required property'],
  [{ port: 70_000 }, 'port '],
  [{ faults: [] }, 'There is no option "faults".'],
])('a server is refused for %j', async ([options, sentence]) => {
  expect(await problemsOf(() => createReferenceServer(options))).toEqual([expect.stringContaining(sentence)])
})
