import { expect, test } from 'vitest'
import { recordAnswer, ValueTable } from '../record/recorded-answer.ts'
import type { Exchange } from '../wire/exchange.ts'
import { differingFacets } from './facets.ts'
import { compareDifferences } from './score-candidate.ts'

const table = new ValueTable()

function exchange(body: object, status = 200): Exchange {
  return {
    id: 1,
    purpose: '',
    request: { method: 'GET', target: '/sessions/s/threads/t/events', headers: [] },
    response: {
      status,
      headers: [['content-type', 'application/json']],
      body: JSON.stringify(body),
      bytes: 0,
      utf8: true,
      truncated: false,
    },
    failure: undefined,
    stream: undefined,
    startedAtMs: 0,
    firstByteMs: undefined,
    totalMs: 0,
    waits: 0,
    echoes: [],
  }
}

const event = (id: string, more = {}) => ({ id, type: 'a', ...more })
const list = (data: readonly { id: string }[], more = {}) => ({
  data,
  first_id: data[0]?.id ?? null,
  last_id: data.at(-1)?.id ?? null,
  has_more: false,
  ...more,
})

function facets(seen: Exchange, told: Exchange) {
  const answer = recordAnswer(seen, table)
  return [...differingFacets({ answer, exchange: seen }, recordAnswer(told, table), table.values)]
}

const right = exchange(list([event('1'), event('2'), event('3')]))

test.for([
  ['has_more', list([event('1'), event('2'), event('3')], { has_more: true }), ['has_more']],
  ['order', list([event('2'), event('1'), event('3')]), ['order of events']],
  ['a missing event', list([event('1'), event('2')]), ['which events']],
  ['a changed field', list([event('1', { x: 1 }), event('2'), event('3')]), ['fields of events']],
  ['the ends', list([event('1'), event('2'), event('3')], { last_id: '2' }), ['first_id, last_id']],
] as const)('%s differs by itself', ([, body, expected]) => {
  expect(facets(exchange(body), right)).toEqual(expected)
})

test('where one answer is an error, only the status is compared', () => {
  expect(facets(exchange({ type: 'error', error: {} }, 404), right)).toEqual(['status'])
})

test('further fields of an error are no difference', () => {
  const error = (more: object) =>
    exchange({ type: 'error', error: { type: 'not_found_error', message: 'No.', ...more } }, 404)
  expect(facets(error({ hint: 'x' }), error({}))).toEqual([])
})

test('what a difference in status hid is neither explained nor contradicted', () => {
  const before = new Map([[1, new Set(['has_more'] as const)]])
  const after = new Map([[1, new Set(['status'] as const)]])
  expect([...compareDifferences(before, after).explains]).toEqual([])
  expect([...compareDifferences(after, before).contradicts]).toEqual([])
})

test('facets that an error hides are not explained by it', () => {
  const before = new Map([[1, new Set(['status', 'envelope'] as const)]])
  const after = new Map([[1, new Set(['status'] as const)]])
  expect([...compareDifferences(before, after).explains]).toEqual([])
})

test('a status is explained though it reveals other differences, which remain', () => {
  const before = new Map([[1, new Set(['status'] as const)]])
  const after = new Map([[1, new Set(['which events'] as const)]])
  expect(compareDifferences(before, after)).toEqual({
    explains: new Set(['1 status']),
    contradicts: new Set(),
    remains: 1,
  })
})
