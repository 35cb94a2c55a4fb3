import { describe, expect, test } from 'vitest'
import type { KnownEvent } from '../oracle/event.ts'
import { aHistory, aList, anEvent, aThread } from '../oracle/history-fixture.ts'
import { windowOf } from '../oracle/pagination/expected-window.ts'
import { type ListQuery, queryString } from '../oracle/pagination/list-query.ts'
import { capabilitiesOf } from './capabilities.ts'
import type { Feature } from './request-features.ts'
import { violationsOf } from './violations.ts'

const events = Array.from({ length: 50 }, (_, at) => anEvent(`evt_${at}`, at))
const whole = aThread(events)
const inPart = { ...whole, sequence: { events: events.slice(0, 30), complete: false } }
const id = (at: number) => events[at]?.id ?? ''

function listed(query: ListQuery, shown: readonly KnownEvent[], thread = whole) {
  const list = aList(thread, query, shown)
  const target = `/sessions/sess_a/threads/sthr_a/events${queryString(query)}`
  return { ...list, exchange: { ...list.exchange, request: { ...list.exchange.request, target } } }
}
const right = (query: ListQuery) => listed(query, windowOf(whole.sequence, query)?.events ?? [])

function stateOf(feature: Feature, ...lists: ReturnType<typeof listed>[]) {
  const history = aHistory(lists)
  return capabilitiesOf(history, violationsOf(history)).find((one) => one.feature === feature)?.state
}

describe('a cursor', () => {
  const plain = right({ limit: 7 })

  test('counts as ignored if every page equals the page without it', () => {
    const first = events.slice(0, 7)
    const lists = [0, 1, 9].map((at) => listed({ after: id(at), limit: 7 }, first))
    expect(stateOf('after_id', plain, ...lists)).toBe('ignored')
  })

  test('counts as wrong if its own event is returned, even if the first event returns the page without it', () => {
    const lists = [0, 1].map((at) => listed({ after: id(at), limit: 7 }, events.slice(at, at + 7)))
    expect(stateOf('after_id', plain, ...lists)).toBe('wrong')
  })

  test('that works counts as working', () => {
    expect(stateOf('after_id', plain, right({ after: id(3), limit: 7 }))).toBe('works')
  })
})

test('order=desc counts as ignored if a partly read thread is returned in ascending order', () => {
  const all = events.slice(0, 30)
  expect(stateOf('order', listed({}, all, inPart), listed({ order: 'desc' }, all, inPart))).toBe('ignored')
})
