import { expect, test } from 'vitest'
import { handmadeWorld } from './handmade-server-fixture.ts'
import { failing, handmadeIds, judgeHandmade } from './judge-handmade-fixture.ts'

test.for([0, 1, 2, 3])('a conforming server passes with a thread of %i events', async (count) => {
  const record = await judgeHandmade(
    handmadeWorld(count),
    { listRoutes: 20 },
    { runs: 2 },
    { ids: handmadeIds },
  )
  expect(record.target.eventsRead).toBe(count)
  expect(failing(record)).toEqual([])
})
