import { describe, expect, test } from 'vitest'
import { type RequirementId, requirements } from '../src/contract/catalogue.ts'
import type { RunRecord } from '../src/record/run-record.ts'
import { namedWorld, type WorldName } from '../src/reference/world/worlds.ts'
import { runAgainst } from './run-against.ts'

const timeout = 300_000

/** The requirements that each world cannot exercise, derived from their sentences. */
const undecided: readonly (readonly [WorldName, readonly RequirementId[]])[] = [
  ['default', []],
  // Nothing to order, page, filter, leak or replay; the sibling's events are no evidence for this thread.
  [
    'empty',
    [
      ...([
        'ORD-02',
        'ORD-03',
        'ORD-04',
        'ISO-01',
        'ISO-02',
        'ISO-03',
        'ISO-04',
        'SSE-02',
        'SSE-03',
      ] as const),
      ...([
        'PAG-01',
        'PAG-02',
        'PAG-03',
        'PAG-04',
        'PAG-05',
        'PAG-06',
        'PAG-07',
        'PAG-08',
        'PAG-11',
        'PAG-14',
      ] as const),
      ...([
        'FLT-01',
        'FLT-02',
        'FLT-03',
        'FLT-04',
        'FLT-05',
        'SSE-04',
        'SSE-05',
        'SSE-06',
        'SSE-07',
        'SSE-08',
        'INP-02',
        'INP-03',
      ] as const),
    ],
  ],
  // One record has no neighbour: no order, no second page, no union.
  [
    'one-event',
    [
      'ORD-02',
      'ORD-03',
      'ORD-04',
      'PAG-01',
      'PAG-02',
      'PAG-03',
      'PAG-04',
      'PAG-05',
      'PAG-06',
      'FLT-02',
      'FLT-03',
      'FLT-05',
      'SSE-05',
      'SSE-06',
      'INP-02',
    ],
  ],
  ['two-events', ['ORD-04', 'PAG-01']],
  ['twenty-events', ['PAG-01']],
  ['twenty-one-events', []],
  ['hundred-events', []],
  ['one-type', ['EVT-06', 'EVT-09', 'FLT-02', 'FLT-03', 'FLT-05', 'SSE-06']],
  ['one-thread', ['ISO-01', 'ISO-02', 'ISO-03', 'ISO-04']],
  ['one-session', ['NFD-03']],
  ['equal-timestamps', ['ORD-01']],
]

function idsOf(record: RunRecord, ...verdicts: readonly string[]): RequirementId[] {
  return record.outcomes.flatMap(({ id, verdict }) => (verdicts.includes(verdict) ? [id] : [])).toSorted()
}

function expectReasons(record: RunRecord): void {
  for (const { id, verdict, reason, provide } of record.outcomes)
    if (verdict === 'inconclusive') {
      expect(reason, id).toMatch(/\w{3}/)
      expect(provide, id).toMatch(/CONFORMANCE_|See |Run |Fix /)
    }
}

describe('a world that cannot exercise a requirement leaves it inconclusive, and nothing else', () => {
  test.for(undecided)('%s', { timeout }, async ([name, expected]) => {
    const world = namedWorld(name)
    const [session] = world?.sessions ?? []
    const ids = { sessionId: session?.id, threadId: session?.threads[0]?.id }
    const record = await runAgainst(world === undefined ? {} : { world }, {}, ids)
    expect(record.target.eventsRead).toBe(session?.threads[0]?.events.length)
    expect(idsOf(record, 'fail', 'broken')).toEqual([])
    expect(idsOf(record, 'inconclusive')).toEqual(expected.toSorted())
    expectReasons(record)
  })
})

describe('a target without the routes by which threads are found', () => {
  test('is judged in full where the ids are configured', { timeout }, async () => {
    const [session, other] = namedWorld('default')?.sessions ?? []
    const ids = {
      sessionId: session?.id,
      threadId: session?.threads[0]?.id,
      siblingThreadId: session?.threads[1]?.id,
      otherSessionId: other?.id,
      otherThreadId: other?.threads[0]?.id,
    }
    const record = await runAgainst({ discovery: false }, {}, ids)
    expect(idsOf(record, 'fail', 'broken')).toEqual([])
    expect(idsOf(record, 'inconclusive')).toEqual([])
  })

  test('is judged by what needs no thread where they are not', { timeout }, async () => {
    const record = await runAgainst({ discovery: false })
    expect(idsOf(record, 'fail', 'broken')).toEqual([])
    expect(idsOf(record, 'pass')).toEqual([
      'AUT-01',
      'AUT-04',
      'AUT-06',
      'AUT-07',
      'AUT-08',
      'ERR-01',
      'ERR-02',
      'ERR-03',
      'ERR-04',
      'INP-01',
      'NFD-01',
      'NFD-02',
      'NFD-04',
      'NFD-05',
      'PAG-12',
      'SSE-09',
      'SSE-10',
    ])
    expect(idsOf(record, 'pass', 'inconclusive')).toEqual(requirements.map(({ id }) => id).toSorted())
    expectReasons(record)
  })
})

test('a thread that is longer than what is read is judged by what was read', { timeout }, async () => {
  const record = await runAgainst({}, { maxEvents: 150 })
  expect(record.target).toMatchObject({ eventsRead: 150, wholeThreadRead: false })
  expect(idsOf(record, 'fail', 'broken')).toEqual([])
  // The end of the thread is not known, so neither is what comes before or after it.
  expect(idsOf(record, 'inconclusive')).toEqual(['PAG-06', 'PAG-07'])
  expectReasons(record)
})
