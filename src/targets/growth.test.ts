import { describe, expect, test } from 'vitest'
import { judgeGrowthByReading } from '../oracle/hostile-input/idempotence.ts'
import { type Departures, handmadeEvent, handmadeWorld } from '../runner/handmade-server-fixture.ts'
import { failing, judgeHandmade } from '../runner/judge-handmade-fixture.ts'

const [session, thread] = ['sess_7f3a91c2d4e5', 'sthr_0a1b2c3d4e5f']
const only = ['hostile-input', 'PAG-01', 'ENV-05']

/** Appends to the judged thread as often as told, whenever a list of it is asked for. */
function appending(howMany: (lists: number) => number): Departures {
  let lists = 0
  return {
    listRoutes: 20,
    onList: (events) => {
      if (events[0]?.session_thread_id !== thread) return events
      const shown = [...events]
      for (let left = howMany(lists++); left > 0; left--)
        events.push(handmadeEvent(session, thread, events.length))
      return shown
    },
  }
}

describe('a thread that grows while it is read', () => {
  test('by one event for each GET breaks INP-03, without a control URL', async () => {
    const record = await judgeHandmade(
      handmadeWorld(30),
      appending(() => 1),
      { only },
    )
    expect(failing(record)).toContain('INP-03')
    const [finding] = record.outcomes.find(({ id }) => id === 'INP-03')?.findings ?? []
    expect(finding?.kind).toBe('read-appends')
  })

  test.for([
    ['by every second GET', (lists: number) => lists % 2],
    ['by two events now and then', (lists: number) => (lists % 5 === 0 ? 2 : 0)],
  ] as const)('%s grows naturally, which is an observation', async ([, howMany]) => {
    const record = await judgeHandmade(handmadeWorld(30), appending(howMany), { only })
    expect(failing(record)).toEqual([])
    expect(record.observations.find(({ id }) => id === 'growth')?.seen).toMatch(
      /^(no|yes: \d+ events during 3)/,
    )
  })
})

test('growth has to equal the number of reads in every round', () => {
  const rounds = (...growth: number[]) =>
    [3, 11, 5].map((reads, at) => ({ reads, growth: growth[at] ?? 0, exchanges: [] }))
  expect(judgeGrowthByReading(rounds(3, 11, 5))?.kind).toBe('read-appends')
  expect(judgeGrowthByReading(rounds(4, 12, 6))?.kind).toBe('read-appends')
  expect(judgeGrowthByReading(rounds(3, 12, 5))).toBeUndefined()
  expect(judgeGrowthByReading(rounds(3, 11, 4))).toBeUndefined()
})
