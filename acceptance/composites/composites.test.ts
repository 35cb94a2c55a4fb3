import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { composites, randomComposites } from '../../src/reference/composites/index.ts'
import { WorkerPool } from '../worker-pool.ts'
import { isExact } from './composite-report.ts'
import { type CompositeJob, type CompositeResult, compositeResult } from './composite-run.ts'

const timeout = 300_000
const count = 12

const pool = new WorkerPool<CompositeJob, CompositeResult>({
  script: 'composites/worker.js',
  answer: compositeResult,
})

afterAll(() => pool.close())

function expectExact(result: CompositeResult): void {
  const { missed, false_reds, vacuous, groundless, unnamed, messages } = result
  expect(
    { missed, false_reds, vacuous, groundless, unnamed },
    [result.sentence, ...messages].join('\n'),
  ).toEqual({ missed: [], false_reds: [], vacuous: [], groundless: [], unnamed: [] })
}

describe('a composite fails what it breaks by itself, and the rest is blocked under it', () => {
  const runs = new Map<string, Promise<CompositeResult>>()
  beforeAll(() => {
    for (const { name } of composites) {
      const run = pool.run({ name })
      run.catch(() => undefined)
      runs.set(name, run)
    }
  })
  test.for(composites.map(({ name }) => name))('%s', { timeout }, async (name) => {
    const result = await runs.get(name)
    if (result === undefined) throw new Error(`${name} was not run.`)
    expectExact(result)
  })
})

// Which requirements a random pair must fail is derived, not written down: the share that is exact is measured.
test('most random pairs and triples are exact', { timeout: 900_000 }, async () => {
  const seed = 1
  const jobs = randomComposites(seed, count).map(({ name }, index) => ({
    name,
    random: { seed, count, index },
  }))
  const random = await Promise.all(jobs.map(async (job) => await pool.run(job)))
  const exact = random.filter(isExact)
  const wrong = random.filter((one) => !isExact(one)).map(({ name }) => name)
  expect(exact.length, wrong.join('\n')).toBeGreaterThanOrEqual((count * 2) / 3)
})
