import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dailyShare, day } from '../daily-share.ts'
import { WorkerPool } from '../worker-pool.ts'
import { type Exceptions, exceptionsOf, publishedFigures } from './figures.ts'
import { measure, publicServers, sampleOfFaults } from './measure.ts'
import { type TrialAnswer, type TrialJob, trialAnswer } from './trial.ts'

// Every server of docs/diagnosis.md has its turn once in so many days. A day takes two to three minutes on one processor.
const shares = { faults: 58, composites: 40, publicServers: 6 }
/** Some faults show by chance, so that a run may have less to diagnose than the run that was published. */
const mostByChance = 1

const published = publishedFigures()
const pool = new WorkerPool<TrialJob, TrialAnswer>({ script: 'diagnosis/worker.js', answer: trialAnswer })
afterAll(() => pool.close())

describe(`the diagnosis of the servers of day ${day}`, () => {
  let found: Exceptions

  beforeAll(async () => {
    const composites = published.pairs + published.triples
    found = exceptionsOf(
      await measure(
        {
          faults: dailyShare(sampleOfFaults(published.faults, published.seed), shares.faults),
          seed: published.composite_seed,
          composites,
          chosen: dailyShare([...Array(composites).keys()], shares.composites),
          publicServers: dailyShare(publicServers, shares.publicServers),
        },
        pool,
      ),
    )
  }, 1_200_000)

  test('is never certain and wrong where it was not before', () => {
    expect(
      found.wrongly_certain.filter((name) => !published.exceptions.wrongly_certain.includes(name)),
    ).toEqual([])
  })

  test('falls short for the published servers only', () => {
    const further = (['not_named', 'other_kind', 'misleading'] as const).flatMap((how) =>
      found[how].filter((name) => !published.exceptions[how].includes(name)).map((name) => ({ name, how })),
    )
    const servers = new Set(further.map(({ name }) => name))
    expect(servers.size, JSON.stringify(further)).toBeLessThanOrEqual(mostByChance)
  })

  test('names every cause of the public server', () => {
    expect(found.not_named.filter((name) => name.startsWith('public-'))).toEqual([])
  })
})
