import { afterEach, expect, test } from 'vitest'
import { ids, present, TestBench } from '../test-client.ts'
import { namedWorld } from '../world/worlds.ts'
import { faults } from './index.ts'

let bench: TestBench | undefined
afterEach(() => bench?.stop())

async function broken(name: string): Promise<TestBench> {
  const fault = present(faults.find((own) => own.name === name))
  const world = fault.world === undefined ? {} : { world: present(namedWorld(fault.world)) }
  bench = await TestBench.start({ behaviour: fault.override, ...world })
  return bench
}

test('every fault has a name of its own, a sentence and a change', () => {
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length)
  for (const { name, sentence } of faults) {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(sentence).toMatch(/\.$/)
  }
})

test('keyset-without-tie-break skips the rest of a run of equal timestamps', async () => {
  const server = await broken('keyset-without-tie-break')
  const events = server.thread().events
  const { ids: page } = await server.page(`?after_id=${events[19]?.id}&limit=1`)
  expect(page[0]).toBe(events[23]?.id)
})

test('has-more-counts-unfiltered-rows claims more after the last match', async () => {
  const server = await broken('has-more-counts-unfiltered-rows')
  expect((await server.page('?type=agent.tool_use')).hasMore).toBe(true)
})

test('token-prefix-accepted lets a shorter token in', async () => {
  const server = await broken('token-prefix-accepted')
  const token = server.server.token.slice(0, -1)
  expect((await server.ask(server.events(), { token })).status).toBe(200)
})

test('accept-substring-match streams for a type that only resembles', async () => {
  const server = await broken('accept-substring-match')
  const headers = { accept: 'text/event-streaming' }
  expect(await server.frames(server.events(), (seen) => seen.length > 0, { headers })).not.toEqual([])
})

test('stream-frames-without-id has frames without id', async () => {
  const server = await broken('stream-frames-without-id')
  const [frame] = await server.frames(server.events(), (seen) => seen.length > 0)
  expect([frame?.id, frame?.event]).toEqual([undefined, server.thread().events[0]?.type])
})

test("stream-carries-siblings sends the sibling's history and news", async () => {
  const server = await broken('stream-carries-siblings')
  const sibling = server.thread(1)
  const news = { ...present(sibling.events[0]), id: 'evt_news' }
  const frames = server.frames(server.events(), (seen) => seen.some(({ id }) => id === news.id))
  await server.control(`/sessions/${server.session().id}/threads/${sibling.id}/events`, 'POST', {
    events: [news],
  })
  expect((await frames).map(({ id }) => id)).toEqual(expect.arrayContaining(ids(sibling.events)))
})
