import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ListExchange } from '../history.ts'
import {
  aList,
  anEvent,
  aThread,
  five,
  fiveEvents,
  four,
  kindOf,
  one,
  pageOf,
  three,
  two,
} from '../history-fixture.ts'
import { earlier, windowOf } from './expected-window.ts'
import { judgeWindow } from './page-window.ts'

const thread = aThread(fiveEvents)
const judge = (list: ListExchange, withFlag = false) => kindOf(judgeWindow(list, pageOf(list), withFlag))

test('the right page is right', () => {
  expect(judge(aList(thread, { after: 'evt_2', limit: 2 }, [three, four]))).toBeUndefined()
  expect(judge(aList(thread, { before: 'evt_4', limit: 2 }, [two, three]))).toBeUndefined()
  expect(judge(aList(thread, { order: 'desc', after: 'evt_4', limit: 2 }, [three, two]))).toBeUndefined()
  expect(judge(aList(thread, { order: 'desc', before: 'evt_2', limit: 2 }, [four, three]))).toBeUndefined()
})

describe('each kind of wrong page is named', () => {
  const query = { after: 'evt_2', limit: 2 }
  test.for([
    ['other', [two, three]],
    ['missing', [three]],
    ['surplus', [three, four, five]],
    ['reversed', [four, three]],
    ['repeated', [three, three]],
    ['empty', []],
  ] as const)('%s', ([kind, came]) => {
    expect(judge(aList(thread, query, came))).toBe(kind)
  })
  test('the oldest records instead of the nearest, under before_id', () => {
    expect(judge(aList(thread, { before: 'evt_5', limit: 2 }, [one, two]))).toBe('other')
  })
  test('the flag, where that is judged too', () => {
    const list = aList(thread, query, [three, four])
    expect(judge(list)).toBeUndefined()
    expect(judge(list, true)).toBe('has-more-missing')
    expect(judge(aList(thread, { limit: 5 }, fiveEvents, { hasMore: true }), true)).toBe('has-more-surplus')
  })
})

test('a page beyond the known part of the thread is undecided', () => {
  const part = { ...thread, sequence: { events: fiveEvents, complete: false } }
  expect(judge(aList(part, { order: 'desc', limit: 2 }, [five, four]))).toBe('undecided')
  expect(judge(aList(part, { after: 'evt_unknown' }, [one]))).toBe('undecided')
})

test('the finding has the expected and the returned ids, and the exchange', () => {
  const list = aList(thread, { after: 'evt_2', limit: 2 }, [four])
  expect(judgeWindow(list, pageOf(list))).toMatchObject({
    message: 'The list ?limit=2&after_id=evt_2: evt_3 is missing.',
    expected: ['evt_3', 'evt_4'],
    actual: ['evt_4'],
    exchanges: [list.exchange.id],
  })
})

test('a shared timestamp next to the cursor is mentioned, and so is a foreign event', () => {
  const tied = aThread([one, anEvent('evt_x', 1), two], ['evt_s'])
  const lost = aList(tied, { after: 'evt_1' }, [two])
  expect(judgeWindow(lost, pageOf(lost))).toMatchObject({
    message: expect.stringContaining('same created_at as the cursor'),
  })
  const leaked = aList(tied, {}, [one, anEvent('evt_s', 1)])
  expect(judgeWindow(leaked, pageOf(leaked))).toMatchObject({
    message: expect.stringContaining('(evt_s belongs to another thread)'),
  })
})

describe('a thread that grows', () => {
  test('accepts a page that was right when it was requested or at any time since', () => {
    const verdict = (known: number) => judge(aList(thread, { limit: 20 }, fiveEvents.slice(0, 4), { known }))
    expect([3, 4, 5].map(verdict)).toEqual([undefined, undefined, 'missing'])
  })

  const kinds = ['a', 'b']
  const cases = fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 9 }).chain((types) =>
    fc.record({
      types: fc.constant(types),
      known: fc.nat(types.length),
      meanwhile: fc.nat(types.length),
      cursor: fc.nat(types.length - 1),
      side: fc.constantFrom('after', 'before', undefined),
      order: fc.constantFrom('asc' as const, 'desc' as const),
      limit: fc.integer({ min: 1, max: 5 }),
      filter: fc.constantFrom(undefined, ['a']),
    }),
  )

  test('never fails, whenever between request and end of run it was read', () => {
    fc.assert(
      fc.property(cases, ({ types, known, meanwhile, cursor, side, order, limit, filter }) => {
        const all = types.map((type, at) => anEvent(`evt_${at}`, at, { type }))
        // What a cursor names was known when the request was made.
        const length = Math.max(known, meanwhile)
        if (side !== undefined && cursor >= known) return
        const query = {
          limit,
          order,
          ...(filter && { types: filter }),
          ...(side && { [side]: `evt_${cursor}` }),
        }
        const grown = aThread(all)
        const window = windowOf(earlier(grown.sequence, length), query)
        if (window === undefined) throw new Error('A whole thread decides every query.')
        const list = aList(grown, query, window.events, { known, hasMore: window.hasMore ?? null })
        expect(judge(list, true)).toBeUndefined()
      }),
    )
  })
})
