import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type JsonValue, parseJson } from '../../contract/json.ts'
import { readSchema, schemaProblem } from '../../contract/schemas.ts'
import { seenEvent } from '../../oracle/event.ts'
import { firstInversion } from '../../oracle/order/inversion.ts'
import { queryText } from '../query-text.ts'
import { readCase } from '../read-case.ts'
import { foundCases, hostileCases, knownOf, madeCases } from './case-arbitraries.ts'
import { resolveIn } from './events.ts'
import { fromSchema } from './from-schema.ts'
import type { GeneratedCase } from './generated-case.ts'
import { liveWrites } from './live-writes.ts'
import { shrinkCase } from './shrink-case.ts'

const cases = fc.sample(madeCases(), { seed: 7, numRuns: 12 })
const worldOf = ({ session }: GeneratedCase) =>
  parseJson(JSON.stringify({ version: 1, sessions: [session] })) ?? null

describe('generated worlds', () => {
  test('are worlds by the schema', () => {
    for (const one of cases) expect(schemaProblem('world', worldOf(one))).toBeUndefined()
  })

  test('are the same for the same seed and path, one by one or in a row', () => {
    for (const at of [0, 5, 11])
      expect(fc.sample(madeCases(), { seed: 7, path: String(at), numRuns: 1 })).toEqual([cases[at]])
    const details = fc.check(
      fc.property(madeCases(), () => false),
      { seed: 7, path: '5', numRuns: 1, endOnFailure: true },
    )
    expect(details.counterexample).toEqual([cases[5]])
  })

  test('share no id, among themselves or with another world', () => {
    const ids = cases.flatMap(({ session }) =>
      (session?.threads ?? []).flatMap(({ events }) => events.map(({ id }) => id)),
    )
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('contain what examples seldom do', () => {
    const threads = cases.flatMap(({ session }) => (session === undefined ? [] : knownOf(session)))
    const events = threads.flat()
    const ids = events.map(({ id }) => id)
    const times = events.map(({ createdAt = '' }) => createdAt)
    const types = new Set(events.map(({ type = '' }) => type))
    expect(threads.some(({ length }) => length === 0) || threads.some(({ length }) => length < 3)).toBe(true)
    expect(threads.some(({ length }) => length > 90)).toBe(true)
    expect(ids.some((id) => ids.some((other) => other !== id && other.startsWith(id)))).toBe(true)
    expect(new Set(ids.map((id) => id.toLowerCase())).size).toBeLessThan(ids.length)
    expect(times.some((time) => /\.\d{9}/.test(time))).toBe(true)
    expect(times.some((time) => !time.endsWith('Z'))).toBe(true)
    expect([...types].some((type) => [...types].some((other) => other.startsWith(`${type}.`)))).toBe(true)
    expect(JSON.stringify(events)).toMatch(/data: \[DONE\]/)
  })
})

test('a change of the schema changes what is generated', () => {
  const event = {
    allOf: [readSchema('event'), { required: ['brand_new'], properties: { brand_new: { const: 7 } } }],
  }
  const values = fc.sample(
    fromSchema(event, resolveIn('event'), (_field, own) => own),
    { seed: 1, numRuns: 20 },
  )
  for (const value of values) expect(value).toMatchObject({ brand_new: 7 })
})

describe('cases', () => {
  test('survive a report, whatever they request', () => {
    const known = cases.flatMap(({ session }) => (session === undefined ? [] : [knownOf(session)]))[2] ?? []
    const all = [
      ...cases,
      ...fc.sample(foundCases(known), { seed: 3, numRuns: 10 }),
      ...fc.sample(hostileCases(9, 9), { seed: 3, numRuns: 10 }),
    ]
    expect(new Set(all.flatMap(({ queries }) => queries.map(({ ask }) => ask))).size).toBe(5)
    for (const one of all) {
      const queries = parseJson(JSON.stringify(one.queries)) ?? null
      const world = one.session === undefined ? null : worldOf(one)
      expect(readCase(world, queries)).toEqual(one)
      for (const generated of one.queries) expect(queryText(generated)).toMatch(/GET /)
    }
  })

  test.for<[string, Parameters<typeof readCase>]>([
    ['its queries cannot be read', [null, []]],
    ['its queries cannot be read', [null, [{ ask: 'delete', thread: 0 }]]],
    [
      'its world',
      [
        { version: 1, sessions: [{ id: 'x', threads: [] }] },
        [{ ask: 'stream', thread: 0, spelling: 'comma', accept: [] }],
      ],
    ],
  ])('that cannot be read are rejected with a reason: %s', ([reason, [world, queries]]) => {
    expect(readCase(world, queries)).toContain(reason)
  })

  test('are read under the names that queries had in earlier reports', () => {
    const earlier: JsonValue = [
      { ask: 'walk', thread: 0, query: {}, turns: [] },
      { ask: 'strange', thread: 0, owner: 1, side: 'after', cursor: 'evt_1' },
    ]
    expect(readCase(null, earlier)).toMatchObject({ queries: [{ ask: 'traverse' }, { ask: 'foreign' }] })
  })

  test('get simpler: no larger, still worlds, and with what their queries name', () => {
    const [first] = cases.filter(({ queries }) => queries.some((one) => one.ask === 'page'))
    if (first === undefined) throw new Error('No case asks for a page.')
    const steps = [...shrinkCase(first)]
    expect(steps.length).toBeGreaterThan(20)
    const size = (one: GeneratedCase) => JSON.stringify(one).length
    for (const one of steps) {
      expect(size(one)).toBeLessThanOrEqual(size(first) + 60)
      expect(one.queries.length).toBeGreaterThan(0)
    }
    const sessions = steps.filter(({ session }) => session !== first.session)
    for (const one of sessions.slice(0, 40)) expect(schemaProblem('world', worldOf(one))).toBeUndefined()
  })
})

test('a live play appends events one after the other, and ends with a marker that its filter includes', () => {
  const { session, later, marker, type } = liveWrites(11, 'sess_live', ['sthr_a', 'sthr_b'])
  const [main] = session.threads
  const all = [...(main?.events ?? []), ...later, marker].map((event) => seenEvent(event))
  expect(all.length).toBeGreaterThan(40)
  expect(firstInversion(all)).toBeUndefined()
  expect(marker.type).toBe(type)
  expect(schemaProblem('event', marker)).toBeUndefined()
  expect(later.some((event) => event.type === type)).toBe(true)
  expect(liveWrites(11, 'sess_live', [])).toEqual(liveWrites(11, 'sess_live', []))
})
