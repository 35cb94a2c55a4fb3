import { beforeAll, describe, expect, test } from 'vitest'
import { packageFile } from '../../src/contract/package-root.ts'
import type { OpenServer } from '../hostile-servers/hostile-server.ts'
import { isFiltered } from '../selected-tests.ts'
import {
  controllableEchoingServer,
  echoingLossyServer,
  echoingServer,
  garblingServer,
  otherHost,
  redirectingServer,
} from './echoing-servers.ts'
import { observeCommand, type Traces } from './observed-command.ts'
import { secretLeaksMarkdown } from './report.ts'
import { encodings, tracesOf } from './secret-encodings.ts'
import { environment, note, plainControl, planted } from './secrets.ts'

const timeout = 600_000
/** Bytes searched for secrets by the whole file. */
let searched = 0
/** More than what the tests write, so that a search of next to nothing fails. */
const leastBytes = 20_000_000
let filtered = false

// biome-ignore lint/correctness/noEmptyPattern: vitest reads the pattern to see which fixtures are used
beforeAll(({}, suite) => {
  filtered = isFiltered(suite)
})

/** Which secret was found where, and in which encoding. */
function leaks({ places }: Traces): string[] {
  return [...places].flatMap(([place, bytes]) => {
    searched += bytes.length
    // Lines are broken to fit a terminal; a secret is none the safer for that.
    const texts = [bytes.toString('latin1'), bytes.toString('latin1').replaceAll(/\s+/g, '')]
    return Object.entries({ ...planted, note, plainControl }).flatMap(([secret, value]) =>
      [...tracesOf(value)]
        .filter(([trace]) => texts.some((text) => text.includes(trace)))
        .map(([, encoding]) => `${secret} in ${place}: ${encoding}`),
    )
  })
}

function run(target: OpenServer, more: Readonly<Record<string, string>> = {}): Promise<Traces> {
  return observeCommand([[]], { ...environment, ...quick, CONFORMANCE_BASE_URL: target.baseUrl, ...more })
}

const quick = {
  CONFORMANCE_ATTEMPTS: '1',
  CONFORMANCE_TIMEOUT_MS: '5000',
  CONFORMANCE_STREAM_IDLE_MS: '500',
  CONFORMANCE_RUNS: '2',
}

function textOf({ places }: Traces, place: string): string {
  return places.get(place)?.toString() ?? ''
}

describe('no secret is written or shown', () => {
  test('that bodies, headers, error messages and frames repeat', { timeout }, async () => {
    const target = await controllableEchoingServer()
    const traces = await run(target, {
      CONFORMANCE_CONTROL_URL: target.controlUrl,
      CONFORMANCE_CONTROL_TOKEN: plainControl,
    })
    await target.close()
    expect(leaks(traces)).toEqual([])
    expect(traces.code).toBe(1)
    // The echo was seen, and is what the run says.
    expect(textOf(traces, 'stdout')).toContain('AUT-07')
    expect(textOf(traces, 'reports/conformance.json')).toContain('$CONFORMANCE_HEADERS_1')
    expect(textOf(traces, 'reports/conformance.json')).toContain('owner_note')
    expect(traces.places.has('reports/junit.xml')).toBe(true)
    expect(textOf(traces, 'job-page.md')).toContain('AUT-07')
    expect(textOf(traces, 'arguments and titles')).toContain('main.js')
  })

  test('that appears in the parts of a divided run, in the merged report, and in repeated requests', {
    timeout,
  }, async () => {
    const target = await echoingServer()
    const only = ['--only', 'envelope,authentication']
    const traces = await observeCommand(
      [
        ...['1', '2'].map((one) => ['run', ...only, '--shard', `${one}/2`, '--reports-dir', `parts/${one}`]),
        ['merge', 'parts'],
        ['replay', 'reports/conformance.json', 'AUT-07'],
      ],
      { ...environment, ...quick, CONFORMANCE_BASE_URL: target.baseUrl },
    )
    await target.close()
    expect(leaks(traces)).toEqual([])
    expect(traces.code).toBe(1)
    expect(textOf(traces, 'stderr')).toBe('')
    const parts = [...traces.places.keys()].filter((place) => place.endsWith('.part.json'))
    expect(parts.length).toBeGreaterThanOrEqual(2)
  })

  test('that appears in a counterexample, and in its replay', { timeout }, async () => {
    const target = await echoingLossyServer()
    const traces = await observeCommand(
      [
        ['run', '--only', 'model', '--seed', '1', '--runs', '8'],
        ['replay', 'reports/conformance.json', 'EVT-08'],
      ],
      {
        ...environment,
        ...quick,
        CONFORMANCE_BASE_URL: target.baseUrl,
        CONFORMANCE_CONTROL_URL: target.controlUrl,
        CONFORMANCE_CONTROL_TOKEN: plainControl,
      },
    )
    await target.close()
    expect(leaks(traces)).toEqual([])
    expect(textOf(traces, 'reports/conformance.json')).toContain('"counterexamples": [\n')
    expect(traces.code).toBe(1)
  })

  test('that a redirect names, and none goes along to the other host', { timeout }, async () => {
    const otherServer = await otherHost()
    const target = await redirectingServer(new URL(otherServer.baseUrl).origin)
    const ids = { CONFORMANCE_SESSION_ID: 'sess_a', CONFORMANCE_THREAD_ID: 'sthr_a' }
    const traces = [await run(target), await run(target, ids)]
    await target.close()
    await otherServer.close()
    expect(traces.flatMap(leaks)).toEqual([])
    expect(traces.map(({ code }) => code)).toEqual([3, 3])
    expect(otherServer.heard).toEqual([])
  })

  test('that appears in a response that is not HTTP', { timeout }, async () => {
    const target = await garblingServer()
    const traces = await run(target)
    await target.close()
    expect(leaks(traces)).toEqual([])
    expect(traces.code).toBe(3)
  })

  test("that a user's mistake put in the wrong place", { timeout }, async () => {
    const traces = await observeCommand([[]], {
      ...environment,
      CONFORMANCE_BASE_URL: `http://user:${planted.active}@127.0.0.1:1/v1?token=${planted.active}`,
      CONFORMANCE_HEADERS: planted.header,
      CONFORMANCE_TIMEOUT_MS: 'soon',
    })
    expect(leaks(traces)).toEqual([])
    expect(traces.code).toBe(2)
  })
})

test('the search finds each spelling', () => {
  for (const [name, write] of encodings) {
    const places = new Map([['file', Buffer.from(`some "${write(planted.expired)}" text`)]])
    expect(leaks({ code: 0, places }), name).not.toEqual([])
  }
})

test('docs/secret-leaks.md is up to date (npm run acceptance -- --update rewrites it)', async ({ skip }) => {
  skip(filtered, 'only some of the runs were searched')
  expect(searched).toBeGreaterThan(leastBytes)
  await expect(secretLeaksMarkdown(leastBytes)).toMatchFileSnapshot(packageFile('docs/secret-leaks.md'))
})
