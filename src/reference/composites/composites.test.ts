import { afterEach, expect, test } from 'vitest'
import { faults } from '../faults/index.ts'
import type { RunningReferenceServer } from '../server.ts'
import { composites, openComposite, randomComposites } from './index.ts'

let server: RunningReferenceServer | undefined
afterEach(() => server?.close())

test('composites have names of their own, and nothing both must fail and is blocked', () => {
  expect(composites.length).toBeGreaterThanOrEqual(40)
  expect(new Set(composites.map(({ name }) => name)).size).toBe(composites.length)
  for (const { name, mustFail, blocked } of composites) {
    const overlap = blocked.filter(({ id }) => mustFail.includes(id))
    expect(overlap, name).toEqual([])
    const withoutCause = blocked.filter(({ by }) => !mustFail.includes(by))
    expect(withoutCause, name).toEqual([])
  }
})

test('the same seed gives the same random composites, of two and three independent faults', () => {
  const some = randomComposites(5, 20)
  expect(randomComposites(5, 20).map(({ name }) => name)).toEqual(some.map(({ name }) => name))
  expect(randomComposites(6, 20).map(({ name }) => name)).not.toEqual(some.map(({ name }) => name))
  for (const { name, overrides } of some) expect(name.split('+')).toHaveLength(overrides.length)
  expect(new Set(some.map(({ overrides }) => overrides.length))).toEqual(new Set([2, 3]))
})

test('own causes are few: at most 1.5 a fault', () => {
  const causes = faults.reduce((sum, { violates }) => sum + violates.length, 0)
  expect(causes / faults.length).toBeLessThanOrEqual(1.5)
})

test('public-server-d refuses what it does not know and pages by next_page', async () => {
  server = await openComposite('public-server-d')
  const list = async (query: string) => {
    const [session] = (await json(`${server?.baseUrl}/sessions`)).data
    const [thread] = (await json(`${server?.baseUrl}/sessions/${session.id}/threads`)).data
    return json(`${server?.baseUrl}/sessions/${session.id}/threads/${thread.id}/events${query}`)
  }
  expect((await list('?after_id=evt_1')).error.message).toBe('unknown query parameter')
  const page = await list('')
  expect(Object.keys(page)).toEqual(['data', 'next_page'])
  expect(page.data[0].id).toMatch(/^sevt_/)
  expect(page.data).toHaveLength(20)
})

async function json(url: string) {
  const response = await fetch(url, { headers: { authorization: `Bearer ${server?.token}` } })
  return JSON.parse(await response.text())
}
