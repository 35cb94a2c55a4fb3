import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { stringField } from '../contract/json.ts'
import { handmadeEvents, handmadeToken, handmadeWorld } from './handmade-server-fixture.ts'
import { failing, judgeHandmade } from './judge-handmade-fixture.ts'

const [session, thread] = ['sess_7f3a91c2d4e5', 'sthr_0a1b2c3d4e5f']

/** Streams the history of the one thread as text/plain, and leaves the stream open. */
function asPlainText({ url = '', headers }: IncomingMessage, response: ServerResponse): boolean {
  const plain = url === `/v1/sessions/${session}/threads/${thread}/events`
  if (!plain || headers.authorization !== `Bearer ${handmadeToken}`) return false
  if (headers.accept !== 'text/event-stream' || headers['last-event-id'] !== undefined) return false
  response.writeHead(200, { 'content-type': 'text/plain', vary: 'Accept' })
  for (const event of handmadeEvents(session, thread, 30))
    response.write(
      `id: ${event.id}\nevent: ${stringField(event, 'type')}\ndata: ${JSON.stringify(event)}\n\n`,
    )
  return true
}

test('a stream under text/plain that stays open breaks SSE-01, and its frames are judged without waiting for its end', async () => {
  const server = { listRoutes: 20, instead: asPlainText }
  const plan = { only: ['stream', 'accept', 'INP-01'], runs: 0 }
  const record = await judgeHandmade(handmadeWorld(30), server, plan, {
    token: handmadeToken,
    ids: {
      sessionId: session,
      threadId: thread,
      siblingThreadId: undefined,
      otherSessionId: undefined,
      otherThreadId: undefined,
    },
  })
  expect(failing(record)).toEqual(['SSE-01'])
  const verdicts = new Map(record.outcomes.map(({ id, verdict }) => [id, verdict]))
  for (const id of ['SSE-02', 'SSE-03', 'SSE-04', 'INP-01', 'NEG-05'] as const)
    expect(verdicts.get(id), id).toBe('pass')
  // No stream was read until a deadline ended it.
  const ends = record.exchanges.flatMap(({ stream }) => stream?.end ?? [])
  expect(ends.length).toBeGreaterThan(0)
  expect(ends.filter((end) => end === 'idle' || end === 'first-byte' || end === 'total')).toEqual([])
})
