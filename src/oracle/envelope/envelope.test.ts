import { describe, expect, test } from 'vitest'
import type { JsonValue } from '../../contract/json.ts'
import type { Exchange } from '../../wire/exchange.ts'
import type { ListExchange } from '../history.ts'
import {
  aList,
  anEvent,
  anExchange,
  aThread,
  five,
  fiveEvents,
  kindOf,
  one,
  pageOf,
  two,
} from '../history-fixture.ts'
import { readPage } from '../pagination/page.ts'
import { judgeEmpty, judgeEnds, judgeHasMore, judgeRepresentation, judgeShape } from './envelope.ts'

const thread = aThread(fiveEvents)
const list = aList(thread, {}, fiveEvents)
const answered = (exchange: Exchange): ListExchange => ({
  ...list,
  exchange,
  page: readPage(exchange),
})
const failed = { kind: 'timeout', message: 'the response did not end in time' } as const

describe('has_more (ENV-05)', () => {
  const flagged = (limit: number, came: readonly (typeof one)[], hasMore: JsonValue, known?: number) =>
    kindOf(judgeHasMore(aList(thread, { limit }, came, { hasMore, ...(known && { known }) })))
  test.for<[number, boolean, string | undefined]>([
    [4, true, undefined],
    [4, false, 'has-more-missing'],
    [5, false, undefined],
    [5, true, 'has-more-surplus'],
    [6, true, 'has-more-surplus'],
  ])('at limit %i of five records, %j: %s', ([limit, hasMore, expected]) => {
    expect(flagged(limit, fiveEvents.slice(0, limit), hasMore)).toBe(expected)
  })
  test.for<JsonValue>(['yes', 1, null])('%j is no boolean', (hasMore) => {
    expect(flagged(4, fiveEvents.slice(0, 4), hasMore)).toBe('has-more-type')
  })
  test('refers to the direction of paging', () => {
    const back = (came: readonly (typeof one)[], hasMore: boolean) =>
      kindOf(judgeHasMore(aList(thread, { before: 'evt_3', limit: came.length }, came, { hasMore })))
    expect([back([two], true), back([one, two], false)]).toEqual([undefined, undefined])
    expect([back([two], false), back([one, two], true)]).toEqual(['has-more-missing', 'has-more-surplus'])
  })
  test('is not judged if the page is wrong or not a list', () => {
    expect(flagged(4, [five], true)).toBe('undecided')
    expect(judgeHasMore({ ...list, page: 'got 500' })).toBe('undecided')
  })
  test('may be computed after the page, if an event was added in between', () => {
    expect(flagged(4, fiveEvents.slice(0, 4), true, 4)).toBeUndefined()
    expect(flagged(4, fiveEvents.slice(0, 4), false, 4)).toBeUndefined()
  })
  test('is not excused by an event that the filter leaves out', () => {
    const grown = aThread([one, two, anEvent('evt_x', 3, { type: 'x' })])
    const query = { types: ['a.b'], limit: 2 }
    expect(kindOf(judgeHasMore(aList(grown, query, [one, two], { hasMore: true, known: 2 })))).toBe(
      'has-more-surplus',
    )
  })
})

describe('first_id and last_id (ENV-03, ENV-04)', () => {
  const right = aList(thread, { limit: 2 }, [one, two])
  const empty = aList(thread, {}, [])
  test('frame the page', () => {
    expect(judgeEnds(right)).toBeUndefined()
    expect(kindOf(judgeEnds({ ...right, page: { ...pageOf(right), lastId: 'evt_1' } }))).toBe('last-id')
    expect(kindOf(judgeEnds({ ...right, page: { ...pageOf(right), firstId: null } }))).toBe('first-id')
    expect(judgeEmpty(right)).toBe('undecided')
  })
  test.for<JsonValue | undefined>(['', 'null', 'evt_1'])('%j is not null on an empty page', (id) => {
    expect(kindOf(judgeEmpty({ ...empty, page: { ...pageOf(empty), firstId: id } }))).toBe('first-id')
    expect(kindOf(judgeEmpty({ ...empty, page: { ...pageOf(empty), lastId: id } }))).toBe('last-id')
  })
  test('are null on an empty page', () => {
    expect(judgeEmpty(empty)).toBeUndefined()
    expect(judgeEnds(empty)).toBe('undecided')
  })
})

describe('status and shape (ENV-01)', () => {
  const shape = (exchange: Exchange) => kindOf(judgeShape(answered(exchange)))
  test('another status, and another shape, each have a finding', () => {
    expect(judgeShape(list)).toBeUndefined()
    expect(shape(anExchange({}, { status: 503 }))).toBe('status')
    expect(shape(anExchange({ data: [] }))).toBe('schema')
  })
  test('a body that is not JSON belongs to ENV-02; a rate limit, a stream and a missing response are not judged', () => {
    expect(shape(anExchange('not JSON'))).toBe('undecided')
    expect(shape(anExchange('', { status: 429 }))).toBe('undecided')
    expect(shape(anExchange('', { failure: failed }))).toBe('undecided')
    expect(shape(anExchange('', { response: undefined }))).toBe('undecided')
  })
})

describe('media type and encoding (ENV-02)', () => {
  const representation = (body: JsonValue, type: string, utf8 = true) => {
    const exchange = anExchange(body, { type })
    const response = exchange.response && { ...exchange.response, utf8 }
    return kindOf(judgeRepresentation(answered({ ...exchange, response })))
  }
  test.for(['application/json', 'Application/JSON; charset=utf-8', 'application/json ;x=y'])('%s', (type) => {
    expect(representation({}, type)).toBeUndefined()
  })
  test.for(['text/json', 'application/jsonp', 'application/problem+json', ''])('not %j', (type) => {
    expect(representation({}, type)).toBe('media-type')
  })
  test('rejects invalid UTF-8 and bodies that are not JSON', () => {
    expect(representation({}, 'application/json', false)).toBe('utf-8')
    expect(representation('[1,', 'application/json')).toBe('json')
    expect(representation('', 'application/json')).toBe('json')
  })
  test('is not judged on an error', () => {
    expect(judgeRepresentation(answered(anExchange('', { status: 500 })))).toBe('undecided')
  })
})
