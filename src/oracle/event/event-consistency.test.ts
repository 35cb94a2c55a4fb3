import { expect, test } from 'vitest'
import { type JsonObject, parseJson } from '../../contract/json.ts'
import { revision202606 } from '../../contract/revisions/2026-06.ts'
import { revision202607 } from '../../contract/revisions/2026-07.ts'
import { seenEvent } from '../event.ts'
import { aHistory, aList, anEvent, aStream, aThread, kindOf, one } from '../history-fixture.ts'
import { judgeEventConsistency } from './event-consistency.ts'

const thread = aThread([one])
const changed = anEvent('evt_1', 1, { content: 'changed' })
const shown = (...events: (typeof one)[]) =>
  judgeEventConsistency(aHistory(events.map((event) => aList(thread, {}, [event]))))

test('a value that returns after it differed is certain', () => {
  const { findings, tentative, judged } = shown(one, changed, one)
  expect([findings.map(kindOf), tentative, judged]).toEqual([['value'], [], 1])
})

test('a value that changed once may have changed over time', () => {
  const { findings, tentative, judged } = shown(one, changed, changed)
  expect([findings, tentative.map(kindOf), judged]).toEqual([[], ['value'], 1])
})

test('two concurrent responses have no order', () => {
  const first = aList(thread, {}, [one])
  const lists = [first, aList(thread, {}, [changed]), aList(thread, {}, [one])]
  const atOnce = lists.map((list) => ({
    ...list,
    exchange: { ...list.exchange, startedAtMs: first.exchange.startedAtMs, totalMs: 50 },
  }))
  const { findings, tentative } = judgeEventConsistency(aHistory(atOnce))
  expect([findings.length, tentative.length]).toEqual([0, 1])
})

test('compares the list with the stream', () => {
  const text = { content: 'line\nbreak "quote" 调研 😀 \u2028' }
  const whole = anEvent('evt_9', 1, text)
  const cut = anEvent('evt_9', 1, { content: text.content.slice(0, -1) })
  const list = aList(thread, {}, [whole])
  expect(judgeEventConsistency(aHistory([list], [aStream(thread, [whole])]))).toEqual({
    findings: [],
    tentative: [],
    judged: 1,
  })
  const { tentative } = judgeEventConsistency(aHistory([list], [aStream(thread, [cut])]))
  expect(tentative.map(({ message }) => message)).toEqual([
    'Event evt_9 differs between the list and the stream.',
  ])
})

test('key order and the spelling of numbers do not count', () => {
  const left = anEvent('evt_9', 1, { a: 1, b: [1, { c: 2, d: 3 }] })
  const right = anEvent('evt_9', 1, { b: [1, { d: 3, c: 2 }], a: 1 })
  expect(shown(left, right)).toMatchObject({ findings: [], tentative: [], judged: 1 })
})

test('the order of an array does', () => {
  const { tentative } = shown(anEvent('evt_9', 1, { b: [1, 2] }), anEvent('evt_9', 1, { b: [2, 1] }))
  expect(tentative).toHaveLength(1)
})

test('an event that was returned once is not judged', () => {
  expect(shown(one)).toEqual({ findings: [], tentative: [], judged: 0 })
})

test('a label that differs is a difference too', () => {
  expect(shown(one, anEvent('evt_1', 1, { session_thread_id: 'sthr_b' }), one).findings).toHaveLength(1)
})

test('two events that share an id are another finding', () => {
  const list = aList(thread, {}, [one, changed])
  expect(judgeEventConsistency(aHistory([list, list]))).toEqual({ findings: [], tentative: [], judged: 0 })
})

const processed = (at: string | null) => anEvent('evt_1', 1, { processed_at: at })

test('processed_at may be filled in later, and not be taken back or changed', () => {
  const [early, late] = ['2026-01-01T00:00:08Z', '2026-01-01T00:00:09Z']
  expect(shown(one, processed(early))).toMatchObject({ findings: [], tentative: [] })
  expect(shown(processed(null), processed(early))).toMatchObject({ findings: [], tentative: [] })
  expect(shown(processed(null), processed(early), processed(late)).tentative).toHaveLength(1)
  expect(shown(processed(early), processed(null)).tentative).toHaveLength(1)
})

test('a content may be a string in the list and a single text block in the stream', () => {
  const plain = anEvent('evt_9', 1, { content: 'text' })
  const block = anEvent('evt_9', 1, { content: [{ type: 'text', text: 'text' }] })
  const other = anEvent('evt_9', 1, { content: [{ type: 'text', text: 'text', citations: [] }] })
  const tentative = (streamed: typeof plain) =>
    judgeEventConsistency(aHistory([aList(thread, {}, [plain])], [aStream(thread, [streamed])])).tentative
  expect(tentative(block)).toEqual([])
  expect(tentative(other)).toHaveLength(1)
  expect(shown(plain, block).tentative).toHaveLength(1)
})

test.each([
  [revision202606, { session_id: 'sess_a', session_thread_id: 'sthr_a', created_at: '2026-01-01T00:00:01Z' }],
  [revision202607, { processed_at: null }],
] as const)('what only the frame lacks is a finding of the frame (%#)', (revision, required) => {
  const spoken = { ...thread, revision }
  const event = (value: JsonObject) => ({ ...seenEvent(value, revision.events), id: 'evt_9' })
  const listed = aList(spoken, {}, [event({ id: 'evt_9', type: 'a.b', ...required })])
  const streamed = aStream(spoken, [event({ id: 'evt_9', ...required })])
  expect(judgeEventConsistency(aHistory([listed], [streamed]))).toEqual({
    findings: [],
    tentative: [],
    judged: 1,
  })
})

test('numbers are compared to the last digit', () => {
  const withNumber = (text: string) => anEvent('evt_9', 1, { n: parseJson(text) ?? null })
  expect(shown(withNumber('9007199254740993'), withNumber('9007199254740992')).tentative).toHaveLength(1)
  expect(shown(withNumber('9007199254740993'), withNumber('9007199254740993')).tentative).toEqual([])
})

test('a message in the lists of two threads is an event of each', () => {
  const beside = { ...thread, threadId: 'sthr_b' }
  const labelled = anEvent('evt_1', 1, { session_thread_id: 'sthr_b' })
  expect(judgeEventConsistency(aHistory([aList(thread, {}, [one]), aList(beside, {}, [labelled])]))).toEqual({
    findings: [],
    tentative: [],
    judged: 0,
  })
})
