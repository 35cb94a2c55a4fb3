import { expect, test } from 'vitest'
import { RequestLimiter } from './request-limiter.ts'

test('lets no more than its number in, and the others in their order', async () => {
  const gate = new RequestLimiter(2, undefined)
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

test('lets those in haste in before the others, in their own order', async () => {
  const gate = new RequestLimiter(1, undefined)
  const entered: string[] = []
  const enter = async (name: string, haste: boolean) => {
    await gate.enter(undefined, haste)
    entered.push(name)
    gate.leave()
  }
  await gate.enter()
  const all = [enter('a', false), enter('b', true), enter('c', false), enter('d', true)]
  gate.leave()
  await Promise.all(all)
  expect(entered).toEqual(['b', 'd', 'a', 'c'])
})

test('gives a place that nobody waits for to the next who comes', async () => {
  const gate = new RequestLimiter(1, undefined)
  for (let turn = 0; turn < 3; turn++) {
    await gate.enter()
    gate.leave()
  }
})

test('spaces starts out by the rate, further tries included', async () => {
  const gate = new RequestLimiter(10, 50)
  const began = performance.now()
  const starts = await Promise.all(
    [gate.enter(), gate.enter(), gate.pace(), gate.enter()].map(async (start) => {
      await start
      return performance.now() - began
    }),
  )
  for (const [at, start] of starts.entries()) expect(start).toBeGreaterThanOrEqual(at * 20)
})

test('starts nothing while it is closed, and spaces out what waited', async () => {
  const gate = new RequestLimiter(10, 50)
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
  const gate = new RequestLimiter(10, 20)
  const began = performance.now()
  await gate.enter()
  const waiting = gate.enter()
  gate.close(150)
  await waiting
  expect(performance.now() - began).toBeGreaterThanOrEqual(150)
})

test('holds nobody back once the run is stopped', async () => {
  const gate = new RequestLimiter(10, undefined)
  const stop = new AbortController()
  gate.close(1_000_000)
  const waiting = gate.enter(stop.signal)
  stop.abort()
  await waiting
  await gate.enter(stop.signal)
})
