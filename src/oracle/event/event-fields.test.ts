import { describe, expect, test } from 'vitest'
import type { JsonValue } from '../../contract/json.ts'
import { aHistory, aList, anEvent, aThread, fiveEvents, kindOf, one, two } from '../history-fixture.ts'
import {
  hasRecommendedFields,
  judgeLabel,
  judgeProcessedAt,
  judgeSchema,
  judgeSharedId,
  sightings,
} from './event-fields.ts'

const thread = aThread(fiveEvents)
const list = aList(thread, {}, fiveEvents)
const sighting = (more: Readonly<Record<string, JsonValue>>) => ({ event: anEvent('evt_9', 9, more), list })

test('judges each distinct value of an event once', () => {
  const changed = anEvent('evt_1', 1, { content: 'x' })
  const history = aHistory([list, aList(thread, {}, [one, two]), aList(thread, {}, [changed])])
  expect(sightings(history).map(({ event }) => event.id)).toEqual([
    ...fiveEvents.map(({ id }) => id),
    'evt_1',
  ])
  expect(sightings(aHistory([{ ...list, page: 'got 500' }]))).toEqual([])
})

test('what breaks the schema is named without ids or times, so that two runs can be compared', () => {
  expect(judgeSchema('EVT-01', sighting({}))).toBeUndefined()
  const [left, right] = ['yesterday', 'soon'].map((created_at) =>
    judgeSchema('EVT-05', sighting({ created_at })),
  )
  expect(left?.kind).toBe('schema: created_at must match format …')
  expect(left?.kind).toBe(right?.kind)
})

test('the labels of an event are those of the path (EVT-03, EVT-04)', () => {
  const strange = sighting({ session_thread_id: 'sthr_b', session_id: 'sess_b' })
  expect([judgeLabel('thread', sighting({})), judgeLabel('session', sighting({}))]).toEqual([
    undefined,
    undefined,
  ])
  expect(kindOf(judgeLabel('thread', strange))).toBe('label-thread')
  expect(kindOf(judgeLabel('session', strange))).toBe('label-session')
  expect(judgeLabel('thread', sighting({ session_thread_id: 5 }))).toBeUndefined()
})

describe('two events of one page (EVT-02)', () => {
  test('that share an id are found', () => {
    const twin = anEvent('evt_1', 2)
    expect(kindOf(judgeSharedId(aList(thread, {}, [one, two, twin])))).toBe('shared-id')
  })
  test('that are one event twice are another finding', () => {
    expect(judgeSharedId(aList(thread, {}, [one, two, one]))).toBeUndefined()
    expect(judgeSharedId({ ...list, page: 'got 500' })).toBeUndefined()
  })
})

describe('recommended fields (EVT-07)', () => {
  test.for<[Readonly<Record<string, JsonValue>>, boolean]>([
    [{}, false],
    [{ processed_at: null }, false],
    [{ schema_version: '1.0' }, true],
    [{ turn_id: 'turn_1' }, true],
  ])('%j has some: %j', ([more, expected]) => {
    expect(hasRecommendedFields(sighting(more))).toBe(expected)
  })
  test.for<[JsonValue, string | undefined]>([
    ['2026-01-01T00:00:09Z', undefined],
    ['2026-01-01T01:00:09+01:00', undefined],
    ['2026-01-01T00:00:08.999999999Z', 'processed-before-created'],
    ['2026-01-01T00:30:09+01:00', 'processed-before-created'],
    ['soon', undefined],
    [null, undefined],
  ])('processed_at %j: %s', ([processed_at, expected]) => {
    expect(kindOf(judgeProcessedAt(sighting({ processed_at })))).toBe(expected)
  })
})
