import { describe, expect, test } from 'vitest'
import type { ListExchange } from '../history.ts'
import { aList, aThread, five, fiveEvents, four, one, three, two } from '../history-fixture.ts'
import { findingIn } from '../judge-result.ts'
import type { ListQuery } from '../pagination/list-query.ts'
import { judgeHasMoreSoFar } from './end-of-thread.ts'

const thread = aThread(fiveEvents)
const claim = () => aList(thread, { after: four.id, limit: 1 }, [five], { hasMore: true })
const kindOf = (list: ListExchange, others: readonly ListExchange[] = []) =>
  findingIn(judgeHasMoreSoFar(list, [list, ...others]))?.kind

describe('a page that ends with the newest known event and has_more: true', () => {
  test('is undecided as long as no later response shows the end', () => {
    const earlier = aList(thread, { after: five.id }, [])
    const list = claim()
    expect(judgeHasMoreSoFar(list, [earlier, list])).toBe('undecided')
  })

  test.each<[string, ListQuery, typeof fiveEvents]>([
    ['an empty page behind the newest event', { after: five.id }, []],
    [
      'a page that is not full and ends with the newest event',
      { after: two.id, limit: 4 },
      [three, four, five],
    ],
    ['a page of the newest events first', { order: 'desc', limit: 2 }, [five, four]],
  ])('is wrong where %s comes later', (_, query, events) => {
    const list = claim()
    expect(kindOf(list, [aList(thread, query, events)])).toBe('has-more-surplus')
  })

  test.each<[string, ListQuery, typeof fiveEvents]>([
    ['a full page', { after: two.id, limit: 3 }, [three, four, five]],
    ['a page of some types', { after: five.id, types: ['agent.message'] }, []],
    ['a page towards the oldest event', { before: one.id }, []],
    ['a page that another event ends', { after: three.id }, [four]],
  ])('is undecided where only %s comes later', (_, query, events) => {
    expect(kindOf(claim(), [aList(thread, query, events)])).toBeUndefined()
  })

  test('is undecided where the end of another thread comes later', () => {
    expect(kindOf(claim(), [aList(aThread(fiveEvents), { after: five.id }, [])])).toBeUndefined()
  })
})

test('what no new event explains is wrong without a later response', () => {
  expect(kindOf(aList(thread, { limit: 5, order: 'desc' }, fiveEvents.toReversed(), { hasMore: true }))).toBe(
    'has-more-surplus',
  )
  expect(kindOf(aList(thread, { limit: 1 }, [one], { hasMore: false }))).toBe('has-more-missing')
})
