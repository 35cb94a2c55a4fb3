import { expect, test } from 'vitest'
import { handmadeWorld } from './handmade-server-fixture.ts'
import { failing, judgeHandmade } from './judge-handmade-fixture.ts'

test.for([0, 1, 2, 3])('a conforming server passes with a thread of %i events', async (count) => {
  const ids = {
    sessionId: 'sess_7f3a91c2d4e5',
    threadId: 'sthr_0a1b2c3d4e5f',
    siblingThreadId: undefined,
    otherSessionId: undefined,
    otherThreadId: undefined,
  }
  const record = await judgeHandmade(handmadeWorld(count), { listRoutes: 20 }, { runs: 2 }, { ids })
  expect(record.target.eventsRead).toBe(count)
  expect(failing(record)).toEqual([])
})
