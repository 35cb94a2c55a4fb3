import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anEvent, four, one, three, two } from '../history-fixture.ts'
import { mergeTraversals } from './merge-traversals.ts'

const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)

test('an event that only one end returned is placed after its neighbour', () => {
  expect(ids(mergeTraversals([one, two, four], [two, three, four]))).toEqual(ids([one, two, three, four]))
  expect(ids(mergeTraversals([two], [one, two, three]))).toEqual(ids([one, two, three]))
  expect(ids(mergeTraversals([], [one, two]))).toEqual(ids([one, two]))
  expect(ids(mergeTraversals([one, two], []))).toEqual(ids([one, two]))
})

test('the merged thread has every event of both ends once, in order', () => {
  const losses = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { maxLength: 12 })
  fc.assert(
    fc.property(losses, (kept) => {
      const all = kept.map((_, at) => anEvent(`evt_${at}`, at))
      const forward = all.filter((_, at) => kept[at]?.[0])
      const backward = all.filter((_, at) => kept[at]?.[1])
      const merged = ids(mergeTraversals(forward, backward))
      const of = (part: typeof all) => merged.filter((id) => ids(part).includes(id))
      expect(of(forward)).toEqual(ids(forward))
      expect(of(backward)).toEqual(ids(backward))
      expect(merged.length).toBe(all.filter((_, at) => kept[at]?.[0] || kept[at]?.[1]).length)
    }),
  )
})

test('an event that one end returned twice is merged once', () => {
  expect(ids(mergeTraversals([one, two, one], [two, three, three]))).toEqual(ids([one, two, three]))
})
