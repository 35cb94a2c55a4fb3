import { parseJson } from '../src/contract/json.ts'
import { eventProblem } from '../src/contract/schemas.ts'
import { judgeEventConsistency } from '../src/oracle/event/event-consistency.ts'
import { judgeSchema, sightings } from '../src/oracle/event/event-fields.ts'
import { isKnown, type KnownEvent, seenEvent } from '../src/oracle/event.ts'
import { aHistory, aList, aStream, aThread } from '../src/oracle/history-fixture.ts'
import { judgeListIsolation, judgeStreamIsolation } from '../src/oracle/isolation/isolation.ts'
import { judgeChronology } from '../src/oracle/order/chronology.ts'
import { mergeTraversals } from '../src/oracle/pagination/merge-traversals.ts'
import { judgeWindow } from '../src/oracle/pagination/page-window.ts'
import { judgeTraversal } from '../src/oracle/pagination/traversal.ts'
import { judgeFrameEvent, judgeFrameFields } from '../src/oracle/stream/frame.ts'
import { judgeHistory } from '../src/oracle/stream/history-replay.ts'
import { count, type Figure, ms } from './figure.ts'
import { longThreadEvent } from './long-thread.ts'
import { median, timed } from './measure.ts'

const lengths = [1_000, 10_000, 100_000, 1_000_000] as const
const definitions = ['EVT-01', 'EVT-02', 'EVT-05', 'EVT-06', 'EVT-07'] as const

/** (d) Judging without any traffic: events a second, and how the time grows with the thread. */
export async function judgingFigure(): Promise<Figure> {
  const perEvent = new Map<string, number[]>()
  // So that the first length does not pay for the compiler.
  for (let round = 0; round < 3; round++) for (const [, judge] of judgesOf(lengths[1])) judge()
  for (const length of lengths) {
    const took = new Map<string, number[]>()
    // A new thread each time: judges remember what they found out about the one that they saw.
    for (let round = 0; round < (length < 1_000_000 ? 3 : 1); round++)
      for (const [name, judge] of judgesOf(length))
        took.set(name, [...(took.get(name) ?? []), await timed(judge)])
    for (const [name, times] of took)
      perEvent.set(name, [...(perEvent.get(name) ?? []), median(times) / length])
  }
  const rows = [...perEvent].map(([what, costs]) => {
    const [, , , last = Number.NaN] = costs
    return {
      what,
      value: `${count(1_000 / last)} events a second; ${costs.map((cost) => ms(cost * 1_000)).join(', ')} a thousand events`,
    }
  })
  const growth = [...perEvent.values()].map(([, ten = 1, , million = 1]) => million / ten)
  const worst = Math.max(...growth)
  return {
    title: '(d) Judging alone',
    how: `Each judge on a thread of ${lengths.map(count).join(', ')} events, read in pages of 100 and as one stream: the time for a thousand events stays the same where a judge is linear and the thread fits the processor's caches. What a judge finds out and others use too is counted with the first. Events a second are those of the longest thread.`,
    rows,
    targets: [
      {
        what: 'time an event, from 10,000 to 1,000,000 events, of the judge that grows most (linear 1, quadratic 100)',
        bound: '10',
        value: worst.toFixed(2),
        met: worst <= 10,
      },
    ],
  }
}

function judgesOf(length: number): readonly (readonly [string, () => unknown])[] {
  const events = Array.from({ length }, (_, at) => eventAt(at))
  const thread = aThread(events, ['evt_of_another_thread'])
  const own = events[0]
  const place = { ...thread, sessionId: own?.session ?? '', threadId: own?.thread ?? '' }
  const lists = Array.from({ length: Math.ceil(length / 100) }, (_, at) => {
    const after = events[at * 100 - 1]?.id
    const query = after === undefined ? { limit: 100 } : { limit: 100, after }
    const page = events.slice(at * 100, at * 100 + 100)
    return aList(place, query, page, { hasMore: (at + 1) * 100 < length })
  })
  const stream = aStream(place, events)
  const history = aHistory(lists, [stream])
  const ids = events.map(({ id }) => id)
  const [middle] = lists.slice(Math.floor(lists.length / 2))
  const right = (result: unknown) => {
    if (result !== undefined && result !== 'undecided')
      throw new Error('A judge found fault with a right history.')
  }
  return [
    [
      'schema validation, each definition',
      () =>
        events.forEach(({ value }) => {
          for (const definition of definitions) right(eventProblem(definition, value))
        }),
    ],
    ['telling events apart', () => sightings(aHistory([...lists]))],
    [
      'schema judge',
      () =>
        sightings(history).forEach((sighting) => {
          right(judgeSchema('EVT-01', sighting))
        }),
    ],
    ['chronology', () => right(judgeChronology(history).findings[0])],
    ['isolation of lists', () => lists.map(judgeListIsolation).forEach(right)],
    ['isolation of the stream', () => right(judgeStreamIsolation(stream))],
    [
      'one window',
      () => {
        if (middle !== undefined && typeof middle.page !== 'string')
          right(judgeWindow(middle, middle.page, true))
      },
    ],
    [
      'a traversal',
      () => right(judgeTraversal({ direction: 'forward', lists, ids, end: 'end' }, ids, new Set())),
    ],
    ['merging both readings', () => mergeTraversals(events, events)],
    ['stream against list', () => right(judgeHistory(stream))],
    [
      'frames',
      () =>
        stream.frames.forEach((frame) => {
          right(judgeFrameEvent(stream, frame))
          right(judgeFrameFields(stream.exchange, frame))
        }),
    ],
    ['sameness', () => right(judgeEventConsistency(history).findings[0])],
  ]
}

function eventAt(at: number): KnownEvent {
  const event = seenEvent(parseJson(longThreadEvent(at)) ?? null)
  if (!isKnown(event)) throw new Error('An event of the bench has no id.')
  return event
}
