import { createServer, type RequestListener } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { isJsonObject, type JsonObject, parseJson } from '../contract/json.ts'
import { type ReferenceOptions, startReferenceServer } from '../reference/server.ts'
import { namedWorld } from '../reference/world/worlds.ts'
import { closedPort, portOf, runCli } from './command-fixture.ts'

const timeout = 60_000
const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function reference(options: ReferenceOptions = {}): Promise<Record<string, string>> {
  const server = await startReferenceServer(options)
  closers.push(() => server.close())
  return { CONFORMANCE_BASE_URL: server.baseUrl, CONFORMANCE_TOKEN: server.token }
}

async function site(answer: RequestListener): Promise<Record<string, string>> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  closers.push(() => server.closeAllConnections())
  return {
    CONFORMANCE_BASE_URL: `http://127.0.0.1:${portOf(server)}/v1`,
    CONFORMANCE_TOKEN: 'a-token-of-no-worth',
    CONFORMANCE_SESSION_ID: 'sess_a',
    CONFORMANCE_THREAD_ID: 'sthr_a',
  }
}

function documentOf(stdout: string): JsonObject {
  const value = parseJson(stdout)
  if (!isJsonObject(value)) throw new Error(`No JSON object was printed: ${stdout}`)
  return value
}

function signOf(document: JsonObject, name: string): JsonObject | undefined {
  const signs = Array.isArray(document.signs) ? document.signs.filter(isJsonObject) : []
  return signs.find((sign) => sign.name === name)
}

test('a target that can be judged: ready, and what it would take is foretold', { timeout }, async () => {
  const env = await reference()
  const [look, run] = await Promise.all([runCli(['doctor', '--json'], env), runCli([], env)])
  expect(look.code, look.stderr).toBe(0)
  const document = documentOf(look.stdout)
  const names = ['address', 'token', 'ids', 'data', 'stream', 'clock', 'requests']
  expect(names.map((name) => [name, signOf(document, name)?.state])).toEqual(
    names.map((name) => [name, name === 'ids' ? 'note' : 'ok']),
  )
  const lacking = Array.isArray(document.inconclusive) ? document.inconclusive.filter(isJsonObject) : []
  expect(lacking.flatMap(({ requirements }) => requirements)).toEqual(expect.arrayContaining(['AUT-04']))
  // The question costs little, and its answer is not far from the truth.
  const report = run.report()
  const traffic = isJsonObject(report) && isJsonObject(report.traffic) ? report.traffic.requests : undefined
  expect(Number(document.expected_requests) / Number(traffic)).toBeGreaterThan(0.75)
  expect(Number(document.expected_requests) / Number(traffic)).toBeLessThan(1.25)
  expect(Number(document.requests)).toBeLessThanOrEqual(30)
})

test('a thread without events: what could not be judged, and how to provide it', { timeout }, async () => {
  const world = namedWorld('empty')
  const [session] = world?.sessions ?? []
  const env = await reference(world === undefined ? {} : { world })
  const ids = {
    CONFORMANCE_SESSION_ID: session?.id ?? '',
    CONFORMANCE_THREAD_ID: session?.threads[0]?.id ?? '',
  }
  const done = await runCli(['doctor'], { ...env, ...ids })
  expect(done.code, done.stderr).toBe(0)
  const text = done.stdout.replace(/\s+/g, ' ')
  expect(text).toContain('! data 0 events')
  expect(text).toMatch(/WOULD BE INCONCLUSIVE \(\d+\).*ORD-02.*missing: a thread with at least 2 events/)
  expect(text).toContain('Point CONFORMANCE_THREAD_ID to a thread with more events.')
  expect(text).toContain('READY')
  const strict = await runCli(['doctor', '--require-conclusive'], { ...env, ...ids })
  expect(strict.code).toBe(3)
})

test('a closed port is an obstacle', { timeout }, async () => {
  const done = await runCli(['doctor'], {
    CONFORMANCE_BASE_URL: `http://127.0.0.1:${await closedPort()}/v1`,
    CONFORMANCE_TOKEN: 'a-token-of-no-worth',
  })
  expect(done.code).toBe(3)
  expect(done.stdout).toMatch(/✗ address .*the\s+connection\s+was\s+refused/s)
  expect(done.stdout).toContain('Check CONFORMANCE_BASE_URL')
})

test('a token that is refused is an obstacle, and is not shown', { timeout }, async () => {
  const env = await site((_request, response) => {
    response.writeHead(401, { 'content-type': 'application/json' })
    response.end('{"type":"error","error":{"type":"authentication_error","message":"No."}}')
  })
  const done = await runCli(['doctor', '--json'], env)
  expect(done.code).toBe(3)
  const document = documentOf(done.stdout)
  expect(signOf(document, 'address')?.state).toBe('ok')
  expect(signOf(document, 'token')).toMatchObject({ state: 'obstacle' })
  expect(document.expected_requests).toBeNull()
  expect(done.stdout).not.toContain('a-token-of-no-worth')
})

test('notes a wrong clock and a buffered stream, without failing', {
  timeout,
}, async () => {
  const env = await site((request, response) => {
    const event = {
      id: 'evt_1',
      type: 'agent.message',
      session_id: 'sess_a',
      session_thread_id: 'sthr_a',
      created_at: '2026-01-01T00:00:00Z',
    }
    response.setHeader('date', new Date(Date.now() - 3_600_000).toUTCString())
    if (request.headers.accept === 'text/event-stream') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
      return
    }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ data: [event], first_id: 'evt_1', last_id: 'evt_1', has_more: false }))
  })
  const done = await runCli(['doctor', '--json'], { ...env, CONFORMANCE_TIMEOUT_MS: '1000' })
  expect(done.code, done.stderr).toBe(0)
  const document = documentOf(done.stdout)
  expect(signOf(document, 'clock')).toMatchObject({
    state: 'note',
    text: expect.stringMatching(/^(3599|36\d\d) s behind this machine$/),
  })
  expect(signOf(document, 'stream')?.state).toBe('note')
  expect(JSON.stringify(signOf(document, 'stream'))).toContain('proxy_buffering off')
})

test('a wrong configuration ends in 2', { timeout }, async () => {
  const done = await runCli(['doctor'], { CONFORMANCE_BASE_URL: 'nowhere' })
  expect(done.code).toBe(2)
  expect(done.stderr).toContain('CONFORMANCE_BASE_URL')
})
