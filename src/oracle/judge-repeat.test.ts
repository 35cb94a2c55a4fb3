import { describe, expect, test } from 'vitest'
import { aList, anExchange, aThread, events, kindOf, one, pageOf, three, two } from './history-fixture.ts'
import { judgeDefaultOrder, judgeRepeat } from './judge-repeat.ts'
import { judgeSame } from './judge-same.ts'

const thread = aThread(events)
const plain = aList(thread, {}, events)
const noList = { ...plain, page: 'status 500 came' }

describe('an order that does not exist (INP-02)', () => {
  const ordered = (came: readonly (typeof one)[]) =>
    kindOf(judgeDefaultOrder(anExchange({ data: came.map(({ value }) => value) }), plain, 'DESC'))
  test('is refused, or taken for the default', () => {
    expect(ordered(events)).toBeUndefined()
    expect(judgeDefaultOrder(anExchange('', { status: 400 }), plain, 'x')).toBeUndefined()
  })
  test('is wrong as any other order, or error', () => {
    expect(ordered(events.toReversed())).toBe('third-order-reversed')
    expect(ordered([two, one, three, ...events.slice(3)])).toBe('third-order-order')
    expect(ordered([])).toBe('third-order-empty')
    expect(kindOf(judgeDefaultOrder(anExchange('', { status: 500 }), plain, '%22x'))).toBe('status')
  })
  test('says nothing where the default order is not known', () => {
    expect(judgeDefaultOrder(plain.exchange, noList, 'x')).toBeUndefined()
  })
})

describe('the same request twice (INP-03)', () => {
  test('gives the same', () => {
    expect(judgeRepeat(plain, aList(thread, {}, events))).toBeUndefined()
  })
  test('is wrong with other records, or another envelope', () => {
    expect(kindOf(judgeRepeat(plain, aList(thread, {}, events.slice(1))))).toBe('repeat-missing')
    expect(kindOf(judgeRepeat(plain, aList(thread, {}, events.toReversed())))).toBe('repeat-reversed')
    expect(kindOf(judgeRepeat(plain, aList(thread, {}, events, { hasMore: true })))).toBe('repeat-envelope')
    const cursor = { ...plain, page: { ...pageOf(plain), lastId: 'evt_9' } }
    expect(kindOf(judgeRepeat(plain, cursor))).toBe('repeat-envelope')
  })
  test('says nothing where one is no list', () => {
    expect([judgeRepeat(plain, noList), judgeRepeat(noList, plain)]).toEqual([undefined, undefined])
  })
})

describe('two requests that mean the same (ORD-02)', () => {
  const asc = aList(thread, { order: 'asc' }, events)
  test('give the same records', () => {
    expect(judgeSame(plain, asc)).toBeUndefined()
    expect(judgeSame(noList, noList)).toBeUndefined()
  })
  test('are wrong with other records, or when only one gives a list', () => {
    expect(kindOf(judgeSame(plain, aList(thread, { order: 'asc' }, events.toReversed())))).toBe('reversed')
    expect(kindOf(judgeSame(plain, noList))).toBe('no-list')
    expect(judgeSame(plain, aList(thread, { order: 'asc' }, [one]))?.message).toMatch(
      /^The plain list and the list \?order=asc do not give the same/,
    )
  })
})
