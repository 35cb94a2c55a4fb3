import { Agent, request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TestBench } from './test-client.ts'

let bench: TestBench
beforeAll(async () => {
  bench = await TestBench.start()
})
afterAll(() => bench.stop())

async function mediaType(accept: string | string[] | undefined, dispatcher?: Agent): Promise<string> {
  const headers = {
    authorization: `Bearer ${bench.server.token}`,
    ...(accept === undefined ? {} : { accept }),
  }
  const stop = new AbortController()
  const options = dispatcher === undefined ? {} : { dispatcher }
  const { headers: got, body } = await request(bench.events(), { headers, signal: stop.signal, ...options })
  expect(got.vary).toBe('Accept')
  const type = String(got['content-type'])
  if (type.startsWith('application/json')) await body.dump()
  else {
    body.on('error', () => undefined)
    stop.abort()
  }
  return type
}

test.each([
  'text/event-stream',
  'TEXT/Event-Stream',
  'application/json, text/event-stream',
  'text/event-stream;q=0.1, application/json',
  '  text/event-stream ; charset="a,b;c" ; Q=0.001',
  'text/html;title="\\"text/html, ", text/event-stream',
  ['application/json', 'text/event-stream'],
])('Accept %j asks for the stream', async (accept) => {
  expect(await mediaType(accept)).toBe('text/event-stream; charset=utf-8')
})

test.each([
  undefined,
  '',
  'application/json',
  '*/*',
  'application/*',
  'text/*',
  'text/event-streaming',
  'x-text/event-stream',
  'application/json;profile="text/event-stream"',
  'application/json;profile=", text/event-stream, "',
  'application/json;a="\\", text/event-stream',
  'text/event-stream;q=0',
  'text/event-stream;Q=0.000, application/json',
])('Accept %j asks for the list', async (accept) => {
  expect(await mediaType(accept)).toBe('application/json; charset=utf-8')
})

test('list and stream alternate on one connection', async () => {
  await bench.stop()
  bench = await TestBench.start({ behaviour: () => ({ afterHistory: () => 'close' }) })
  const agent = new Agent({ connections: 1, pipelining: 1 })
  const seen: string[] = []
  for (const accept of ['text/event-stream', '*/*', 'text/event-stream', 'application/json']) {
    const headers = { authorization: `Bearer ${bench.server.token}`, accept }
    const { headers: got, body } = await request(bench.events(), { headers, dispatcher: agent })
    seen.push(String(got['content-type']).split(';')[0] ?? '')
    await body.dump({ limit: 10_000_000 })
  }
  await agent.destroy()
  expect(seen).toEqual(['text/event-stream', 'application/json', 'text/event-stream', 'application/json'])
})
