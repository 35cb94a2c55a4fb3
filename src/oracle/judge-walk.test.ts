import { describe, expect, test } from 'vitest'
import { aList, anExchange, aThread, events, kindOf } from './history-fixture.ts'
import { judgeWalk, type Walk } from './judge-walk.ts'

const thread = aThread(events)
const all = ['evt_1', 'evt_2', 'evt_3']
const walk = (ids: readonly string[], end: Walk['end'] = 'end'): Walk => ({
  direction: 'forward',
  lists: [aList(thread, { limit: 5 }, events)],
  ids,
  end,
})
const judged = (one: Walk, later: readonly string[] = []) => kindOf(judgeWalk(one, all, new Set(later)))

test('each record once is right', () => {
  expect(judged(walk(all))).toBeUndefined()
})

test.for<[string, readonly string[], Walk['end']]>([
  ['missing', ['evt_1', 'evt_3'], 'end'],
  ['repeated', [...all, 'evt_3'], 'end'],
  ['surplus', [...all, 'evt_x'], 'end'],
  ['reversed', all.toReversed(), 'end'],
  ['order', ['evt_2', 'evt_1', 'evt_3'], 'end'],
  ['cycle', [...all, ...all], 'cycle'],
  ['cycle', all, 'cycle'],
  ['too-long', all, 'too-long'],
])('a walk that is wrong is found: %s', ([kind, ids, end]) => {
  expect(judged(walk(ids, end))).toBe(kind)
})

test('a page that is no list ends the walk, and is named', () => {
  const list = {
    ...aList(thread, {}, []),
    exchange: anExchange('', { status: 500 }),
    page: 'status 500 came',
  }
  expect(judgeWalk({ ...walk(['evt_1'], 'no-list'), lists: [list] }, all, new Set())).toMatchObject({
    kind: 'no-list',
    actual: 'status 500 came',
    exchanges: [list.exchange.id],
  })
})

test('a walk of no pages says nothing', () => {
  expect(judged({ ...walk([]), lists: [] })).toBeUndefined()
})

describe('while a thread grows', () => {
  test('what was appended may come, or not', () => {
    expect(judged(walk([...all, 'evt_new']), ['evt_new'])).toBeUndefined()
    expect(judged(walk(all), ['evt_new'])).toBeUndefined()
  })
  test('a walk may have no end, but may lose nothing', () => {
    expect(judged(walk([...all, 'evt_new'], 'too-long'), ['evt_new'])).toBeUndefined()
    expect(judged(walk(['evt_1', 'evt_2', 'evt_new'], 'too-long'), ['evt_new'])).toBe('missing')
  })
})

test('the evidence is the pages around the first wrong record', () => {
  const pages = events.map((event) => aList(thread, { limit: 1 }, [event]))
  const ids = events.map(({ id }) => id)
  const without = pages.filter((_, at) => at !== 3)
  const finding = judgeWalk(
    { direction: 'forward', lists: without, ids: ids.filter((id) => id !== 'evt_4'), end: 'end' },
    ids,
    new Set(),
  )
  expect(finding?.exchanges).toEqual([pages[2]?.exchange.id, pages[4]?.exchange.id])
  expect(finding?.expected).toContain('evt_4')
  expect(finding?.actual).not.toContain('evt_4')
})
