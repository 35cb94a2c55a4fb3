import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isJsonObject } from '../contract/json.ts'
import { ids, present, TestBench } from './test-client.ts'

let bench: TestBench
beforeAll(async () => {
  bench = await TestBench.start()
})
afterAll(() => bench.stop())

const all = () => bench.thread().events

describe('a page', () => {
  test('has the first 20 events unchanged, with their ids and has_more true', async () => {
    const { status, headers, json } = await bench.ask(bench.events())
    const page = all().slice(0, 20)
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('application/json; charset=utf-8')
    expect(headers.vary).toBe('Accept')
    expect(json).toEqual({
      data: page,
      first_id: page.at(0)?.id,
      last_id: page.at(-1)?.id,
      has_more: true,
    })
  })

  test('of an empty thread has no records and no ids', async () => {
    const { json } = await bench.ask(bench.events('', bench.thread(2)))
    expect(json).toEqual({ data: [], first_id: null, last_id: null, has_more: false })
  })

  test('of exactly 20 events says that there are no more', async () => {
    const { json } = await bench.ask(bench.events('', bench.thread(3)))
    expect(isJsonObject(json) && json.has_more).toBe(false)
  })

  test('returns only the headers for HEAD', async () => {
    const { status, headers, text } = await bench.ask(bench.events(), { method: 'HEAD' })
    expect([status, text]).toEqual([200, ''])
    expect(Number(headers['content-length'])).toBeGreaterThan(1000)
  })
})

describe.each(['asc', 'desc'] as const)('paging in order %s', (order) => {
  const sequence = () => (order === 'asc' ? ids(all()) : ids(all()).toReversed())

  test.each([1, 7, 20, 46, 100])('forward by %i visits every event once', async (limit) => {
    const seen: string[] = []
    let cursor = ''
    for (let more = true; more; ) {
      const page = await bench.page(`?order=${order}&limit=${limit}${cursor}`)
      seen.push(...page.ids)
      cursor = `&after_id=${page.ids.at(-1)}`
      more = page.hasMore
    }
    expect(seen).toEqual(sequence())
    expect(await bench.page(`?order=${order}${cursor}`)).toEqual({ ids: [], hasMore: false })
  })

  test.each([3, 23, 100])('backward by %i visits every event once', async (limit) => {
    const seen: string[] = [present(sequence().at(-1))]
    for (let more = true; more; ) {
      const page = await bench.page(`?order=${order}&limit=${limit}&before_id=${seen[0]}`)
      seen.unshift(...page.ids)
      more = page.hasMore
    }
    expect(seen).toEqual(sequence())
    expect(await bench.page(`?order=${order}&before_id=${seen[0]}`)).toEqual({ ids: [], hasMore: false })
  })
})

describe('the type filter', () => {
  const typed = (...types: string[]) => ids(all().filter(({ type }) => types.includes(type))).slice(0, 100)

  test.each([
    ['?type=agent.message', ['agent.message']],
    ['?type=Agent.Message', ['Agent.Message']],
    ['?type=agent.message,agent.tool_use', ['agent.message', 'agent.tool_use']],
    ['?type=agent.thinking%20,%20user.message', ['agent.thinking', 'user.message']],
    ['?type=agent.thinking&type=user.message', ['agent.thinking', 'user.message']],
    ['?types[]=agent.thinking&types[]=user.message', ['agent.thinking', 'user.message']],
    ['?types%5B%5D=agent.thinking&types%5b%5d=user.message', ['agent.thinking', 'user.message']],
    ['?types[]=agent.thinking&type=user.message', ['agent.thinking', 'user.message']],
    ['?type=agent', []],
    ['?type=agent.handoff', []],
    ['?type=agent.*', []],
  ])('%s gives the events of those types', async (query, types) => {
    expect(await bench.page(`${query}&limit=100`)).toEqual({ ids: typed(...types), hasMore: false })
  })

  test.each(['?type=', '?type=,', '?types[]='])('%s filters nothing', async (query) => {
    expect((await bench.page(query)).ids).toEqual(ids(all()).slice(0, 20))
  })

  test('exactly fills a page without claiming more', async () => {
    expect(await bench.page('?type=agent.tool_use')).toEqual({ ids: typed('agent.tool_use'), hasMore: false })
  })

  test('works with a cursor that it leaves out', async () => {
    const at = all().findIndex(({ type }, index) => index > 50 && type === 'user.message')
    const left = ids(
      all()
        .slice(at + 1)
        .filter(({ type }) => type === 'agent.thinking'),
    )
    const page = await bench.page(`?type=agent.thinking&after_id=${all()[at]?.id}`)
    expect(page).toEqual({ ids: left, hasMore: false })
  })
})

test('unknown query parameters are ignored', async () => {
  expect((await bench.page('?colour=red&__proto__=1&limit=3&&=')).ids).toHaveLength(3)
})
