import { expect, test } from 'vitest'
import { type Departures, handmadeEvent, handmadeWorld } from './handmade-server-fixture.ts'
import { failing, judgeHandmade } from './judge-handmade-fixture.ts'

const [session, thread] = ['sess_7f3a91c2d4e5', 'sthr_0a1b2c3d4e5f']
const areas = ['envelope', 'order', 'pagination', 'filter', 'INP-02', 'INP-03', 'SSE-04', 'isolation']

/** Commits an event with the time of an older one after each so many lists. */
function committingLate(every: number): Departures {
  let lists = 0
  return {
    listRoutes: 20,
    onList: (events) => {
      if (events[0]?.session_thread_id !== thread || lists++ % every !== every - 1 || lists > 200)
        return events
      const at = 5 + ((lists * 7) % (events.length - 10))
      const { created_at } = handmadeEvent(session, thread, 0)
      const before = events[at]
      const event = handmadeEvent(session, thread, 5_000 + lists)
      events.splice(at + 1, 0, { ...event, created_at: before?.created_at ?? created_at })
      return events
    },
  }
}

test('events that commit late break nothing, and are reported once', async () => {
  const record = await judgeHandmade(handmadeWorld(60), committingLate(20), { only: areas, runs: 0 })
  expect(
    record.outcomes.flatMap(({ id, verdict, findings }) =>
      verdict === 'fail' ? [`${id}: ${findings.map(({ message }) => message).join(' ')}`] : [],
    ),
  ).toEqual([])
  expect(failing(record)).toEqual([])
  expect(record.observations.filter(({ id }) => id === 'late-arrivals')).toHaveLength(1)
})
