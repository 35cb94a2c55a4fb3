import { request as forward, type IncomingMessage, type ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { handmadeServer, handmadeWorld } from './handmade-server-fixture.ts'
import { failing, handmadeTarget, judgeHandmade, judgeTarget } from './judge-handmade-fixture.ts'

const isStream = ({ headers }: IncomingMessage) => headers.accept === 'text/event-stream'

test('a target that delays every response by 700 ms fails nothing, two requests at a time', async () => {
  const inner = await handmadeServer(handmadeWorld(30), { listRoutes: 20 })
  const port = Number(new URL(inner.baseUrl).port)
  const delayed = {
    instead: ({ url, headers }: IncomingMessage, response: ServerResponse) => {
      setTimeout(() => {
        const request = forward({ port, path: url, headers }, (answer) => {
          response.writeHead(answer.statusCode ?? 500, answer.rawHeaders)
          answer.pipe(response)
          response.on('close', () => answer.destroy())
        })
        request.on('error', () => response.destroy())
        request.end()
      }, 700)
      return true
    },
  }
  const outer = await handmadeServer({}, delayed)
  try {
    const record = await judgeTarget(handmadeTarget(outer.baseUrl), {
      only: ['SSE-01', 'SSE-04', 'SSE-08'],
      runs: 0,
      concurrency: 2,
      timeoutMs: 10_000,
      streamIdleMs: 10_000,
    })
    expect(failing(record)).toEqual([])
    expect(record.outcomes.find(({ id }) => id === 'SSE-04')?.verdict).toBe('pass')
  } finally {
    await Promise.all([outer.close(), inner.close()])
  }
}, 120_000)

// Leaves a stream without its last events: the streams with these numbers, or all from there on.
function stalling(stalls: (place: number) => boolean) {
  let streams = 0
  return {
    listRoutes: 20,
    instead: (request: IncomingMessage, response: ServerResponse) => {
      if (!isStream(request) || request.headers['last-event-id'] !== undefined) return false
      streams += 1
      if (request.url?.includes('?') === true || !stalls(streams)) return false
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': nothing yet\n\n')
      return true
    },
  }
}

const plan = { only: ['SSE-04', 'SSE-08'], runs: 0 }

test('a stream that misses its deadline once is not a finding', async () => {
  const record = await judgeHandmade(
    handmadeWorld(30),
    stalling((place) => place === 2),
    plan,
  )
  expect(failing(record)).toEqual([])
})

test('a stream that misses it every time is', async () => {
  const record = await judgeHandmade(
    handmadeWorld(30),
    stalling(() => true),
    plan,
  )
  // Its comments arrive, so that it is not buffered: it lacks the history.
  expect(failing(record)).toEqual(['SSE-04'])
})
