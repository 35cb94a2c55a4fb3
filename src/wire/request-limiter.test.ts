import { describe, expect, test } from 'vitest'
import { RequestLimiter } from './request-limiter.ts'

test('lets no more than its number in, and the others in their order', async () => {
  const gate = new RequestLimiter({ concurrency: 2, maxRps: undefined })
  const entered: number[] = []
  const enter = async (name: number) => {
    await gate.enter()
    entered.push(name)
  }
  const all = [1, 2, 3, 4].map(enter)
  await Promise.all(all.slice(0, 2))
  expect(entered).toEqual([1, 2])
  gate.leave()
  await all[2]
  expect(entered).toEqual([1, 2, 3])
  gate.leave()
  await all[3]
  expect(entered).toEqual([1, 2, 3, 4])
})

test('lets urgent requests in before the others, in their own order', async () => {
  const gate = new RequestLimiter({ concurrency: 1, maxRps: undefined })
  const entered: string[] = []
  const enter = async (name: string, urgent: boolean) => {
    await gate.enter(undefined, { urgent })
    entered.push(name)
    gate.leave()
  }
  await gate.enter()
  const all = [enter('a', false), enter('b', true), enter('c', false), enter('d', true)]
  gate.leave()
  await Promise.all(all)
  expect(entered).toEqual(['b', 'd', 'a', 'c'])
})

test('lets one in at a time once it is told to, apart from those that belong together', async () => {
  const gate = new RequestLimiter({ concurrency: 4, maxRps: undefined })
  gate.serialise()
  const entered: string[] = []
  const enter = async (name: string, together?: object) => {
    await gate.enter(undefined, { together })
    entered.push(name)
  }
  const group = {}
  const all = [enter('a'), enter('b', group), enter('c', group), enter('d', {}), enter('e')]
  await all[0]
  expect(entered).toEqual(['a'])
  gate.leave()
  await Promise.all(all.slice(1, 3))
  expect(entered).toEqual(['a', 'b', 'c'])
  gate.leave()
  gate.leave()
  await all[3]
  expect(entered).toEqual(['a', 'b', 'c', 'd'])
  gate.leave()
  await all[4]
})

test('gives a free slot to the next request', async () => {
  const gate = new RequestLimiter({ concurrency: 1, maxRps: undefined })
  for (let turn = 0; turn < 3; turn++) {
    await gate.enter()
    gate.leave()
  }
})

test('spaces starts out by the rate, further tries included', async () => {
  const gate = new RequestLimiter({ concurrency: 10, maxRps: 50 })
  const began = performance.now()
  const starts = await Promise.all(
    [gate.enter(), gate.enter(), gate.pace(), gate.enter()].map(async (start) => {
      await start
      return performance.now() - began
    }),
  )
  for (const [at, start] of starts.toSorted((a, b) => a - b).entries())
    expect(start).toBeGreaterThanOrEqual(at * 20 - 1)
})

test('starts nothing while it is closed, and spaces out what waited', async () => {
  const gate = new RequestLimiter({ concurrency: 10, maxRps: 50 })
  const began = performance.now()
  gate.close(100)
  gate.close(10)
  const starts = await Promise.all(
    [0, 1, 2].map(async () => {
      await gate.enter()
      return performance.now() - began
    }),
  )
  for (const [at, start] of starts.toSorted((a, b) => a - b).entries())
    expect(start).toBeGreaterThanOrEqual(100 + at * 20)
})

test('keeps back those that had their turn before it was closed', async () => {
  const gate = new RequestLimiter({ concurrency: 10, maxRps: 20 })
  const began = performance.now()
  await gate.enter()
  const waiting = gate.enter()
  gate.close(150)
  await waiting
  expect(performance.now() - began).toBeGreaterThanOrEqual(150)
})

test('releases all requests once the run is stopped', async () => {
  const gate = new RequestLimiter({ concurrency: 10, maxRps: undefined })
  const stop = new AbortController()
  gate.close(1_000_000)
  const waiting = gate.enter(stop.signal)
  stop.abort()
  await waiting
  await gate.enter(stop.signal)
})

describe('where requests are limited in number', () => {
  async function order(maxRequests: number, ranks: readonly number[]) {
    const sent: number[] = []
    let exhausted = 0
    const gate = new RequestLimiter({
      concurrency: 2,
      maxRps: undefined,
      maxRequests,
      onExhausted: () => exhausted++,
    })
    for (const value of ranks)
      void gate.enter(undefined, { rank: { value } }).then(() => {
        sent.push(value)
        gate.leave()
      })
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
    return { sent, exhausted }
  }

  test('the lowest ranks are sent, and exhaustion is reported once', async () => {
    expect(await order(3, [5, 1, 4, 2, 3])).toEqual({ sent: [1, 2, 3], exhausted: 1 })
  })

  test('a number that is enough for all is no end', async () => {
    expect(await order(3, [2, 1, 3])).toEqual({ sent: [1, 2, 3], exhausted: 0 })
  })

  test('a further try counts as well', async () => {
    const gate = new RequestLimiter({ concurrency: 1, maxRps: undefined, maxRequests: 2 })
    await gate.enter()
    expect([gate.takeRetry(), gate.takeRetry()]).toEqual([true, false])
  })

  test('the last requests wait for a response that is late, and what that makes necessary goes first', async () => {
    const gate = new RequestLimiter({ concurrency: 8, maxRps: undefined, maxRequests: 20 })
    const sent: number[] = []
    const enter = (value: number) => gate.enter(undefined, { rank: { value } }).then(() => sent.push(value))
    const turns = async () => {
      for (let turn = 0; turn < 60; turn++) await new Promise(setImmediate)
    }
    await enter(0)
    for (let value = 1; value < 30; value++) void enter(value).then(() => gate.leave())
    await turns()
    expect(sent).toHaveLength(17)
    void enter(-1).then(() => gate.leave())
    await turns()
    expect(sent.slice(17)).toEqual([-1])
    gate.leave()
    await turns()
    expect(sent).toHaveLength(20)
  })

  test('where few are left, requests that repeat what looked wrong go before those that wait', async () => {
    const sent: number[] = []
    let told = 0
    const gate = new RequestLimiter({
      concurrency: 8,
      maxRps: undefined,
      maxRequests: 20,
      onFewLeft: async () => {
        told += 1
        await new Promise(setImmediate)
        await send(-1)
      },
    })
    const send = async (value: number) => {
      await gate.enter(undefined, { rank: { value } })
      sent.push(value)
      gate.leave()
    }
    const all = Array.from({ length: 25 }, (_, value) => send(value))
    for (let turn = 0; turn < 60; turn++) await new Promise(setImmediate)
    expect(all).toHaveLength(25)
    expect(told).toBe(1)
    expect(sent.slice(16)).toEqual([16, -1, 17, 18])
  })

  test('a stopped run releases all requests', async () => {
    const stop = new AbortController()
    const gate = new RequestLimiter({
      concurrency: 1,
      maxRps: undefined,
      maxRequests: 0,
      onExhausted: () => stop.abort(),
    })
    await gate.enter(stop.signal)
  })
})

test('an overload lowers the rate once for all requests that were under way', () => {
  const gate = new RequestLimiter({ concurrency: 8, maxRps: 30 })
  const started = performance.now()
  for (let answers = 0; answers < 8; answers++) gate.slowDown(started)
  expect(gate.rps).toBeCloseTo(20)
  for (let overload = 0; overload < 50; overload++) gate.slowDown(performance.now() + 1 + overload * 1000)
  expect(gate.rps).toBeCloseTo(1)
})
