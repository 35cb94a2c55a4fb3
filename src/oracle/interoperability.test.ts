import { expect, test } from 'vitest'
import type { StreamRecord } from '../wire/exchange.ts'
import type { StreamExchange } from './history.ts'
import { aStream, aThread, fiveEvents } from './history-fixture.ts'
import { interoperabilityNotes } from './interoperability.ts'

function streamWith(change: Partial<StreamRecord>): StreamExchange {
  const thread = aThread(fiveEvents)
  const stream = aStream(thread, thread.sequence.events)
  const { exchange } = stream
  if (exchange.stream === undefined) throw new Error('The fixture is a stream.')
  return { ...stream, exchange: { ...exchange, stream: { ...exchange.stream, ...change } } }
}

const frame = (event: string, data: string) => ({ id: undefined, event, data, atMs: 1 })
const notesOf = (change: Partial<StreamRecord>) =>
  interoperabilityNotes([streamWith(change)]).map(({ id }) => id)

test('a plain stream has no note', () => {
  expect(notesOf({ comments: 3, frames: [frame('ping', '{}')] })).toEqual([])
})

test('heartbeat frames, line ends of Unicode and lone CRs are noted once each', () => {
  expect(notesOf({ heartbeats: 2 })).toEqual(['interoperability-heartbeat-frames'])
  expect(notesOf({ frames: [frame('agent.message', '{"text":"a\u2028b"}')] })).toEqual([
    'interoperability-unicode-line-ends',
  ])
  expect(notesOf({ frames: [frame('agent.message', '{"text":"a\\u2028b"}')] })).toEqual([])
  expect(notesOf({ loneCr: true })).toEqual(['interoperability-lone-cr'])
})
