import { expect, test } from 'vitest'
import type { ThreadEvent } from '../reference/world/world.ts'
import { type ArrivalRanks, asArrived } from './arrival-order.ts'

const event = (id: string, second = 0): ThreadEvent => ({
  id,
  type: 'a',
  created_at: `2026-01-01T00:00:0${second}Z`,
  session_id: 's',
  session_thread_id: 't',
})

function arrived(ranks: Readonly<Record<string, ArrivalRanks & { readonly second?: number }>>): string[] {
  const events = Object.entries(ranks).map(([id, { second }]) => event(id, second))
  return asArrived(events, ({ id }) => ranks[id] ?? {}).map(({ id }) => id)
}

test('events of one instant are in the order of the list', () => {
  expect(arrived({ a: { inList: 2 }, b: { inList: 1 } })).toEqual(['b', 'a'])
})

test('a stream that lacks one of them does not order the others', () => {
  const onPage = (at: number) => ({ behindCursor: 9 + at / 10, onPages: new Map([[9, at]]) })
  expect(
    arrived({
      a: { inStream: 5, ...onPage(0) },
      b: { ...onPage(1) },
      c: { inStream: 6, ...onPage(2) },
    }),
  ).toEqual(['a', 'b', 'c'])
})

test('events beyond the first page follow those on it', () => {
  const one = (at: number) => ({ behindCursor: at, onPages: new Map([[2, at]]) })
  expect(arrived({ c: one(1), b: one(0), a: { inList: 1.9, ...one(9) } })).toEqual(['a', 'b', 'c'])
})

test('a list out of order shows what its server sorts by', () => {
  expect(arrived({ a: { inList: 2, second: 1 }, b: { inList: 1, second: 2 } })).toEqual(['b', 'a'])
})

test('events beyond the first page are in the order that two sources agree on', () => {
  const ranks = (at: number, fromEnd: number) => ({
    inStream: at,
    fromEnd,
    onPages: new Map([[9, at]]),
  })
  expect(arrived({ a: ranks(0, -1), b: ranks(1, -2) })).toEqual(['a', 'b'])
})
