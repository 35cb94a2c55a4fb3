import { afterAll, describe, expect, test } from 'vitest'
import { faults } from '../../src/reference/faults/index.ts'
import { dailyShare, day } from '../daily-share.ts'
import { WorkerPool } from '../worker-pool.ts'
import { type TrialAnswer, type TrialJob, trialAnswer } from './trial.ts'

const timeout = 600_000
const pool = new WorkerPool<TrialJob, TrialAnswer>({ script: 'diagnosis/worker.js', answer: trialAnswer })
afterAll(() => pool.close())

const share = dailyShare(faults, 40)

describe(`diagnosis of the faults of day ${day}`, () => {
  // Over the whole catalogue about 2 in 100 are not among the first three; see docs/diagnosis.md.
  test('names nearly all of them among the first three', { timeout }, async () => {
    const answers = await Promise.all(share.map(({ name }) => pool.run({ faults: [name], held: false })))
    const missed = share.filter((_, at) => {
      const rank = answers[at]?.rank ?? 0
      return rank === 0 || rank > 3
    })
    expect(missed.length, missed.map(({ name }) => name).join(', ')).toBeLessThanOrEqual(2)
  })

  test.concurrent.for(share)(
    'without $name, no other bug is certain but a twin',
    { timeout },
    async ({ name }) => {
      const held = await pool.run({ faults: [name], held: true })
      if (!held.certain) return
      // With both known, no answer of the run told the one from the other.
      const { rank, named } = await pool.run({ faults: [name], held: false })
      expect(rank, held.said).toBe(1)
      expect(named).toEqual(expect.arrayContaining([name, held.named[0] ?? '']))
    },
  )
})
