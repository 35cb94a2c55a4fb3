import { describe, expect, test } from 'vitest'
import { aList, anExchange, aThread, fiveEvents, kindOf } from '../history-fixture.ts'
import { judgeTraversal, type Traversal } from './traversal.ts'

const thread = aThread(fiveEvents)
const all = ['evt_1', 'evt_2', 'evt_3']
const traversal = (ids: readonly string[], end: Traversal['end'] = 'end'): Traversal => ({
  direction: 'forward',
  lists: [aList(thread, { limit: 5 }, fiveEvents)],
  ids,
  end,
})
const judged = (one: Traversal, later: readonly string[] = []) =>
  kindOf(judgeTraversal(one, all, new Set(later)))

test('each record once is right', () => {
  expect(judged(traversal(all))).toBeUndefined()
})

test.for<[string, readonly string[], Traversal['end']]>([
  ['missing', ['evt_1', 'evt_3'], 'end'],
  ['repeated', [...all, 'evt_3'], 'end'],
  ['surplus', [...all, 'evt_x'], 'end'],
  ['reversed', all.toReversed(), 'end'],
  ['order', ['evt_2', 'evt_1', 'evt_3'], 'end'],
  ['cycle', [...all, ...all], 'cycle'],
  ['cycle', all, 'cycle'],
  ['too-long', all, 'too-long'],
])('reports a wrong traversal: %s', ([kind, ids, end]) => {
  expect(judged(traversal(ids, end))).toBe(kind)
})

test('reports a page that is not a list', () => {
  const list = {
    ...aList(thread, {}, []),
    exchange: anExchange('', { status: 500 }),
    page: 'got 500',
  }
  expect(judgeTraversal({ ...traversal(['evt_1'], 'no-list'), lists: [list] }, all, new Set())).toMatchObject(
    {
      kind: 'no-list',
      actual: 'got 500',
      exchanges: [list.exchange.id],
    },
  )
})

test('does not judge a traversal without pages', () => {
  expect(judged({ ...traversal([]), lists: [] })).toBeUndefined()
})

describe('while a thread grows', () => {
  test('appended events may be present or absent', () => {
    expect(judged(traversal([...all, 'evt_new']), ['evt_new'])).toBeUndefined()
    expect(judged(traversal(all), ['evt_new'])).toBeUndefined()
  })
  test('a growing thread may have no last page, but no event may be missing', () => {
    expect(judged(traversal([...all, 'evt_new'], 'too-long'), ['evt_new'])).toBeUndefined()
    expect(judged(traversal(['evt_1', 'evt_2', 'evt_new'], 'too-long'), ['evt_new'])).toBe('missing')
  })
})

test('the evidence is the pages around the first wrong record', () => {
  const pages = fiveEvents.map((event) => aList(thread, { limit: 1 }, [event]))
  const ids = fiveEvents.map(({ id }) => id)
  const without = pages.filter((_, at) => at !== 3)
  const finding = judgeTraversal(
    { direction: 'forward', lists: without, ids: ids.filter((id) => id !== 'evt_4'), end: 'end' },
    ids,
    new Set(),
  )
  expect(finding?.exchanges).toEqual([pages[2]?.exchange.id, pages[4]?.exchange.id])
  expect(finding?.expected).toContain('evt_4')
  expect(finding?.actual).not.toContain('evt_4')
})
