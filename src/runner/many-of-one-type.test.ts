import { expect, test } from 'vitest'
import { defaultWorld } from '../reference/world/default-world.ts'
import { embeddedTarget } from '../targets/embedded-target.ts'
import { handmadeEvents, handmadeWorld } from './handmade-server-fixture.ts'
import { failing, judgeHandmade, judgeTarget } from './judge-handmade-fixture.ts'

const [session, thread] = ['sess_7f3a91c2d4e5', 'sthr_0a1b2c3d4e5f']

test('a conforming server with 230 events of two types passes, and no limit above 100 is judged as a list', async () => {
  const events = handmadeEvents(session, thread, 230).map((event, at) => ({
    ...event,
    type: at % 10 === 0 ? 'user.message' : 'agent.message',
  }))
  const world = defaultWorld()
  const sessions = [...world.sessions, { id: session, threads: [{ id: thread, events }] }]
  const { target, close } = await embeddedTarget({ world: { ...world, sessions } })
  try {
    const ids = { ...target.ids, sessionId: session, threadId: thread }
    const record = await judgeTarget({ ...target, ids }, { runs: 0 })
    expect(failing(record)).toEqual([])
    expect(record.target.eventsRead).toBe(230)
    const lists = record.exchanges.filter(({ purpose }) => purpose === 'list')
    const limits = lists.map(({ request }) => Number(/limit=(\d+)/.exec(request.target)?.[1] ?? 1))
    expect(Math.max(...limits)).toBe(100)
  } finally {
    await close()
  }
})

test('the hand-made server passes without departures', async () => {
  expect(failing(await judgeHandmade(handmadeWorld(130), { listRoutes: 20 }))).toEqual([])
})
