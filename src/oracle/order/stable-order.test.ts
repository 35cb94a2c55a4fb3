import { expect, test } from 'vitest'
import { aList, aThread, five, fiveEvents, four, kindOf, one, three, two } from '../history-fixture.ts'
import { judgeStableOrder } from './stable-order.ts'

const thread = aThread(fiveEvents)
const members = new Set(['evt_1', 'evt_2', 'evt_3'])
const reads = (...pages: (readonly (typeof one)[])[]) =>
  kindOf(
    judgeStableOrder(
      members,
      pages.map((page) => aList(thread, { limit: page.length }, page)),
    ),
  )

test('one order in all reads is right, whole or cut', () => {
  expect(reads([one, two, three, four], [one, two], [two, three], [one, three])).toBeUndefined()
})

test('finds two events that swap places between reads, neighbours or not', () => {
  expect(reads([one, two], [two, one])).toBe('tie-order')
  expect(reads([one, two, three], [three, one])).toBe('tie-order')
  expect(reads([one, two], [two, three], [three, one, two], [two, one])).toBe('tie-order')
})

test('judges only events with equal timestamps', () => {
  expect(reads([four, five], [five, four])).toBeUndefined()
  expect(reads([one, four], [four, one])).toBeUndefined()
})

test('lost or repeated events are a different finding', () => {
  expect(reads([one, two, three], [three], [])).toBeUndefined()
  expect(reads([one, one])).toBeUndefined()
  expect(judgeStableOrder(members, [{ ...aList(thread, {}, []), page: 'got 500' }])).toBeUndefined()
})
