import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { faults } from '../../src/reference/faults/index.ts'
import { variants } from '../../src/reference/variants/index.ts'
import { dailyShare, day } from '../daily-share.ts'
import { WorkerPool } from '../worker-pool.ts'
import type { SeedJob } from './worker.ts'

const timeout = 900_000
const pool = new WorkerPool<SeedJob, number>({ script: 'seeds/worker.js', answer: z.number() })
afterAll(() => pool.close())

/** Failing runs over so many seeds, others every day. */
function failures(job: Pick<SeedJob, 'kind' | 'name' | 'only'>, seeds: number): Promise<number> {
  return pool.run({ ...job, seeds, from: 1 + (day % 1_000) * seeds })
}

describe(`generated data, seeds of day ${day}`, () => {
  const areas = ['model', 'live']
  const generated = faults.filter(({ generatedOnly }) => generatedOnly === true)

  test.concurrent.for(dailyShare(generated, 15))('detects $name', { timeout }, async ({ name }) => {
    // Each is found in at least 19 of 20 seeds; see docs/seeds.md.
    expect(await failures({ kind: 'fault', name, only: ['model'] }, 4)).toBeGreaterThanOrEqual(2)
  })

  test.concurrent('raises no alarm on the reference server', { timeout }, async () => {
    expect(await failures({ kind: 'reference', name: 'reference', only: areas }, 4)).toBe(0)
  })

  test.concurrent.for(dailyShare(variants, 12))('raises no alarm on $name', { timeout }, async ({ name }) => {
    expect(await failures({ kind: 'variant', name, only: areas }, 2)).toBe(0)
  })
})
