import { describe, expect, test } from 'vitest'
import { judgeEquivalentQueries } from '../filter/equivalent-queries.ts'
import {
  aList,
  anExchange,
  aThread,
  fiveEvents,
  kindOf,
  one,
  pageOf,
  three,
  two,
} from '../history-fixture.ts'
import { judgeDefaultOrder, judgeIdempotence } from './idempotence.ts'

const thread = aThread(fiveEvents)
const plain = aList(thread, {}, fiveEvents)
const noList = { ...plain, page: 'got 500' }

describe('an order that does not exist (INP-02)', () => {
  const ordered = (came: readonly (typeof one)[]) =>
    kindOf(judgeDefaultOrder(anExchange({ data: came.map(({ value }) => value) }), plain, 'DESC'))
  test('is refused, or treated as the default', () => {
    expect(ordered(fiveEvents)).toBeUndefined()
    expect(judgeDefaultOrder(anExchange('', { status: 400 }), plain, 'x')).toBeUndefined()
  })
  test('fails if another order or another error is returned', () => {
    expect(ordered(fiveEvents.toReversed())).toBe('third-order-reversed')
    expect(ordered([two, one, three, ...fiveEvents.slice(3)])).toBe('third-order-order')
    expect(ordered([])).toBe('third-order-empty')
    expect(kindOf(judgeDefaultOrder(anExchange('', { status: 500 }), plain, '%22x'))).toBe('status')
  })
  test('is not judged if the default order is unknown', () => {
    expect(judgeDefaultOrder(plain.exchange, noList, 'x')).toBeUndefined()
  })
})

describe('the same request twice (INP-03)', () => {
  test('returns the same list', () => {
    expect(judgeIdempotence(plain, aList(thread, {}, fiveEvents))).toBeUndefined()
  })
  test('fails with other records or another envelope', () => {
    expect(kindOf(judgeIdempotence(plain, aList(thread, {}, fiveEvents.slice(1))))).toBe('repeat-missing')
    expect(kindOf(judgeIdempotence(plain, aList(thread, {}, fiveEvents.toReversed())))).toBe(
      'repeat-reversed',
    )
    expect(kindOf(judgeIdempotence(plain, aList(thread, {}, fiveEvents, { hasMore: true })))).toBe(
      'repeat-envelope',
    )
    const cursor = { ...plain, page: { ...pageOf(plain), lastId: 'evt_9' } }
    expect(kindOf(judgeIdempotence(plain, cursor))).toBe('repeat-envelope')
  })
  test('is not judged if one response is not a list', () => {
    expect([judgeIdempotence(plain, noList), judgeIdempotence(noList, plain)]).toEqual([undefined, undefined])
  })
})

describe('two requests that mean the same (ORD-02)', () => {
  const asc = aList(thread, { order: 'asc' }, fiveEvents)
  test('return the same records', () => {
    expect(judgeEquivalentQueries(plain, asc)).toBeUndefined()
    expect(judgeEquivalentQueries(noList, noList)).toBeUndefined()
  })
  test('fail with different records, or if only one returns a list', () => {
    expect(
      kindOf(judgeEquivalentQueries(plain, aList(thread, { order: 'asc' }, fiveEvents.toReversed()))),
    ).toBe('reversed')
    expect(kindOf(judgeEquivalentQueries(plain, noList))).toBe('no-list')
    expect(judgeEquivalentQueries(plain, aList(thread, { order: 'asc' }, [one]))?.message).toMatch(
      /^The plain list and the list \?order=asc return different events/,
    )
  })
})
