import { expect, test } from 'vitest'
import { handmadeWorld } from '../runner/handmade-server-fixture.ts'
import { failing, judgeHandmade } from '../runner/judge-handmade-fixture.ts'

const only = [
  'envelope',
  'order',
  'pagination',
  'filter',
  'INP-02',
  'INP-03',
  'isolation',
  'SSE-04',
  'SSE-05',
]

test.for([
  ['the newest events', (length: number) => [length - 1, length - 2]],
  ['an event in the middle', () => [17]],
] as const)('replicas of which one lacks %s are one failure', async ([, lacking]) => {
  let answers = 0
  const record = await judgeHandmade(
    handmadeWorld(60),
    {
      listRoutes: 20,
      onList: (events) => {
        const gone = new Set<number>(events.length < 10 ? [] : lacking(events.length))
        return answers++ % 2 === 0 ? events : events.filter((_, at) => !gone.has(at))
      },
    },
    { only, runs: 0 },
  )
  const findings = record.outcomes.flatMap(({ id, verdict, findings: all }) =>
    verdict === 'fail' ? all.map(({ message }) => `${id}: ${message}`) : [],
  )
  expect(failing(record)).toEqual(['INP-03'])
  expect(findings).toHaveLength(1)
  expect(findings[0]).toContain('replicas that are out of sync')
  const blocked = record.outcomes.filter(({ reason }) => reason?.startsWith('blocked by INP-03') === true)
  expect(blocked.length).toBeGreaterThan(1)
})

test('replicas of which one is behind while the thread grows are one failure', async () => {
  let answers = 0
  const record = await judgeHandmade(
    handmadeWorld(120),
    {
      listRoutes: 20,
      onList: (events) => {
        if (events.length < 60) return events
        answers += 1
        const grown = events.slice(0, Math.min(events.length, 50 + Math.floor(answers / 6)))
        return answers % 2 === 0 ? grown : grown.slice(0, -3)
      },
    },
    { only, runs: 0 },
  )
  expect(failing(record)).toEqual(['INP-03'])
})

test('data that is made up for each response is one failure', async () => {
  let answers = 0
  const record = await judgeHandmade(
    handmadeWorld(15),
    {
      listRoutes: 20,
      onList: (events) => {
        answers += 1
        return events.map((event, at) => ({ ...event, id: `evt_${answers}x${at}` }))
      },
    },
    { only, runs: 0 },
  )
  expect(failing(record).filter((id) => id !== 'SSE-04')).toEqual(['INP-03'])
  const failed = new Set(failing(record))
  const blockers = record.outcomes.flatMap(({ blockedBy = [] }) => blockedBy)
  expect(blockers.length).toBeGreaterThan(1)
  expect(blockers.filter((id) => !failed.has(id))).toEqual([])
})
