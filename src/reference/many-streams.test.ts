import { expect, test } from 'vitest'
import { ids, present, TestBench } from './test-client.ts'
import type { ThreadEvent } from './world/world.ts'

const timeout = 60_000
const streams = 1_000
const appends = 20

test('a thousand open streams get every event that is appended, each once and in order', {
  timeout,
}, async () => {
  const bench = await TestBench.start({}, { connections: streams + 1 })
  try {
    const thread = bench.thread(3)
    const template = present(thread.events[0])
    const events = Array.from(
      { length: appends },
      (_, at): ThreadEvent => ({
        ...template,
        id: `evt_${`${at}`.padStart(32, '0')}`,
        created_at: new Date(Date.UTC(2030, 0, 1, 0, 0, at)).toISOString(),
      }),
    )
    const expected = [...ids(thread.events), ...ids(events)]
    let open = 0
    let allOpen: () => void = () => undefined
    const opened = new Promise<void>((resolve) => {
      allOpen = resolve
    })
    const taken = Array.from({ length: streams }, () => {
      let counted = false
      return bench.frames(bench.events('', thread), (frames) => {
        if (!counted && frames.length >= thread.events.length) {
          counted = true
          open += 1
          if (open === streams) allOpen()
        }
        return frames.length >= expected.length
      })
    })
    await opened
    for (const event of events) {
      const path = `/sessions/${bench.session().id}/threads/${thread.id}/events`
      expect((await bench.control(path, 'POST', { events: [event] })).status).toBe(204)
    }
    for (const frames of await Promise.all(taken)) expect(frames.map(({ id }) => id)).toEqual(expected)
    expect((await bench.page('?limit=5')).ids).toHaveLength(5)
  } finally {
    await bench.stop()
  }
})
