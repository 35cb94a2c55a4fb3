import { afterEach, expect, test } from 'vitest'
import { isJsonObject, parseJson } from '../../contract/json.ts'
import { ids, present, TestBench } from '../test-client.ts'
import { variants } from './index.ts'

let bench: TestBench | undefined
afterEach(() => bench?.stop())

async function unusual(name: string): Promise<TestBench> {
  const { alter, server } = present(variants.find((own) => own.name === name))
  bench = await TestBench.start({ ...server, behaviour: alter })
  return bench
}

test('every variant has a name of its own and a sentence', () => {
  expect(new Set(variants.map(({ name }) => name)).size).toBe(variants.length)
  for (const { name, sentence } of variants) {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(sentence).toMatch(/\.$/)
  }
})

test.each(variants.map(({ name }) => name))(
  '%s still has the whole thread in list and stream',
  async (name) => {
    const server = await unusual(name)
    const wanted = ids(server.thread().events)
    expect((await server.page('?limit=100')).ids).toEqual(wanted.slice(0, 100))
    const frames = await server.frames(server.events(), (seen) => seen.length === wanted.length)
    expect(frames.map(({ id }) => id)).toEqual(wanted)
  },
)

test('crlf-in-small-chunks leaves every event as it is', async () => {
  const server = await unusual('crlf-in-small-chunks')
  const events = server.thread().events
  const frames = await server.frames(server.events(), (seen) => seen.length === events.length)
  expect(frames.map(({ data }) => parseJson(data))).toEqual(events)
})

test('stream-closes-after-history ends by itself', async () => {
  const server = await unusual('stream-closes-after-history')
  expect(await server.frames(server.events(), () => false)).toHaveLength(server.thread().events.length)
})

test('extra-fields-and-headers shows them, the same in list and stream', async () => {
  const server = await unusual('extra-fields-and-headers')
  const { json, headers } = await server.ask(server.events('?limit=1'))
  const [frame] = await server.frames(server.events(), (seen) => seen.length > 0)
  expect(headers['x-served-by']).toEqual(['a', 'b'])
  expect(json).toMatchObject({ object: 'list', data: [{ region: 'eu-north' }] })
  expect(isJsonObject(json) && json.data).toEqual([parseJson(present(frame).data)])
})
