import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anEvent, five, four, one, three, two } from '../history-fixture.ts'
import { earlierWithLate, windowOf } from './expected-window.ts'
import type { ListQuery } from './list-query.ts'

const kinds = ['a', 'a.b', 'A', 'c']

/** The contract's words as literally as they can be written, for small threads. */
function literally(ids: readonly string[], typeOf: (id: string) => string, query: ListQuery) {
  const ordered = query.order === 'desc' ? ids.toReversed() : [...ids]
  const place = (id: string) => ordered.indexOf(id)
  const reachable = ordered
    .filter((id) => query.after === undefined || place(id) > place(query.after))
    .filter((id) => query.before === undefined || place(id) < place(query.before))
    .filter((id) => query.types === undefined || query.types.includes(typeOf(id)))
  const limit = query.limit ?? 20
  const page =
    query.before === undefined
      ? reachable.slice(0, limit)
      : reachable.toReversed().slice(0, limit).toReversed()
  return { page, hasMore: reachable.length > page.length }
}

const query = (length: number): fc.Arbitrary<ListQuery> =>
  fc
    .record(
      {
        limit: fc.integer({ min: 1, max: 8 }),
        order: fc.constantFrom('asc' as const, 'desc' as const),
        cursor: fc.tuple(
          fc.constantFrom('after' as const, 'before' as const),
          fc.nat(Math.max(0, length - 1)),
        ),
        types: fc.uniqueArray(fc.constantFrom(...kinds), { minLength: 1 }),
      },
      { requiredKeys: [] },
    )
    .map(({ cursor, ...rest }) =>
      cursor === undefined || length === 0 ? rest : { ...rest, [cursor[0]]: `evt_${cursor[1]}` },
    )

const threads = fc.array(fc.constantFrom(...kinds), { maxLength: 12 })

test('a window is what the contract says literally, for every query', () => {
  fc.assert(
    fc.property(
      threads.chain((types) => fc.tuple(fc.constant(types), query(types.length))),
      ([types, asked]) => {
        const events = types.map((type, at) => anEvent(`evt_${at}`, at, { type }))
        const typeOf = (id: string) => types[Number(id.slice(4))] ?? ''
        const expected = literally(
          events.map(({ id }) => id),
          typeOf,
          asked,
        )
        const window = windowOf({ events, complete: true }, asked)
        expect(window?.events.map(({ id }) => id)).toEqual(expected.page)
        expect(window?.hasMore).toBe(expected.hasMore)
      },
    ),
  )
})

test('predicts a window of a partly read thread only if the rest cannot change it', () => {
  fc.assert(
    fc.property(
      threads.chain((types) => fc.tuple(fc.constant(types), query(types.length), fc.nat(types.length))),
      ([types, asked, length]) => {
        const events = types.map((type, at) => anEvent(`evt_${at}`, at, { type }))
        const partial = windowOf({ events: events.slice(0, length), complete: false }, asked)
        if (partial === undefined || length === types.length) return
        const whole = windowOf({ events, complete: true }, asked)
        expect(partial.events.map(({ id }) => id)).toEqual(whole?.events.map(({ id }) => id))
        if (partial.hasMore !== undefined) expect(partial.hasMore).toBe(whole?.hasMore)
      },
    ),
  )
})

test('the beginning of a thread has the late events that stand before its end', () => {
  const late = [
    { event: five, behind: two.id },
    { event: four, behind: five.id },
  ]
  const sequence = { events: [one, two, three], complete: true, late }
  const ids = (length: number) => earlierWithLate(sequence, length).events.map(({ id }) => id)
  expect(ids(1)).toEqual([one.id])
  expect(ids(2)).toEqual([one.id, two.id, five.id, four.id])
  expect(ids(3)).toEqual([one.id, two.id, five.id, four.id, three.id])
})
