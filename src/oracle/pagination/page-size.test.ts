import { describe, expect, test } from 'vitest'
import type { ListExchange } from '../history.ts'
import {
  aList,
  anEvent,
  anExchange,
  aThread,
  fiveEvents,
  kindOf,
  one,
  pageOf,
  two,
} from '../history-fixture.ts'
import { judgeCount, judgeIgnoredCursor, judgeLargestPage } from './page-size.ts'

const thread = aThread(fiveEvents)
const long = Array.from({ length: 120 }, (_, at) => anEvent(`evt_${at}`, at % 60))
const count = (list: ListExchange) => kindOf(judgeCount(list, pageOf(list)))

describe('how many records a page has (PAG-01, PAG-02)', () => {
  test('is the limit, or what remains, or 20', () => {
    expect(count(aList(thread, { limit: 2 }, [one, two]))).toBeUndefined()
    expect(count(aList(thread, { limit: 9 }, fiveEvents))).toBeUndefined()
    expect(count(aList(aThread(long), {}, long.slice(0, 20)))).toBeUndefined()
  })
  test('is wrong in two ways', () => {
    expect(count(aList(thread, { limit: 2 }, [one]))).toBe('too-few')
    expect(count(aList(thread, { limit: 1 }, [one, two]))).toBe('too-many')
    expect(count(aList(aThread(long), {}, long.slice(0, 50)))).toBe('too-many')
  })
  test('may be that of any time since the request', () => {
    const grown = [3, 4, 5].map((length) =>
      count(aList(thread, { limit: 9 }, fiveEvents.slice(0, length), { known: 4 })),
    )
    expect(grown).toEqual(['too-few', undefined, undefined])
  })
  test('is undecided if the thread was not read that far', () => {
    const part = { ...thread, sequence: { events: fiveEvents, complete: false } }
    expect(count(aList(part, { limit: 9 }, fiveEvents))).toBe('undecided')
  })
})

describe('the largest page (PAG-10)', () => {
  const largest = (length: number, inThread = long) =>
    kindOf(
      judgeLargestPage(
        anExchange({ data: long.slice(0, length).map(({ value }) => value) }),
        { events: inThread, complete: true },
        '1000',
      ),
    )
  test('has a hundred records', () => {
    expect([largest(100), largest(101), largest(120)]).toEqual([undefined, 'too-many', 'too-many'])
  })
  test('is undecided in a thread without more events', () => {
    expect(largest(100, long.slice(0, 100))).toBe('undecided')
  })
  test('a limit above 100 that is not refused returns the first 100', () => {
    const page = anExchange({ data: long.slice(0, 20).map(({ value }) => value), has_more: true })
    const judged = (limit: string) => judgeLargestPage(page, { events: long, complete: true }, limit)
    expect(judged('101')).toMatchObject({ kind: 'too-few' })
    expect(judged('100')).toBe('undecided')
  })
  test('may be refused; any other error is undecided', () => {
    const sequence = { events: long, complete: true }
    expect(judgeLargestPage(anExchange('', { status: 400 }), sequence, '101')).toBeUndefined()
    expect(judgeLargestPage(anExchange('', { status: 404 }), sequence, '101')).toBe('undecided')
  })
})

describe('a cursor that names no event (PAG-11)', () => {
  const plain = aList(thread, {}, fiveEvents)
  const given = (came: readonly (typeof one)[], of = plain) =>
    kindOf(judgeIgnoredCursor(anExchange({ data: came.map(({ value }) => value) }), of, 'unknown'))
  test('is ignored if the page is the same as without a cursor', () => {
    expect(given(fiveEvents)).toBe('cursor-ignored')
  })
  test('is not ignored if the page differs, is empty, or is an error', () => {
    expect(given([two])).toBeUndefined()
    expect(given([])).toBeUndefined()
    expect(judgeIgnoredCursor(anExchange('', { status: 400 }), plain, 'unknown')).toBeUndefined()
  })
  test('is not judged in an empty thread', () => {
    expect(given([], aList(aThread([]), {}, []))).toBeUndefined()
  })
})
