import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dailyShare, day } from '../daily-share.ts'
import { WorkerPool } from '../worker-pool.ts'
import { type Exceptions, exceptionsOf } from './figures.ts'
import { measure, publicServers, sampleOfFaults } from './measure.ts'
import { publishedFigures } from './published-figures.ts'
import { type TrialAnswer, type TrialJob, trialAnswer } from './trial.ts'

/** At most this many servers of docs/diagnosis.md a day, different ones each day: two to three minutes on one processor. */
const perDay = { faults: 8, composites: 2, publicServers: 1 }
/** Some faults show by chance, so that a run may have less to diagnose than the run that was published. */
const mostByChance = 1

const published = publishedFigures()

/** The servers of today. */
function todays<T>(all: readonly T[], most: number): readonly T[] {
  return dailyShare(all, Math.max(1, Math.ceil(all.length / most)))
}

const pool = new WorkerPool<TrialJob, TrialAnswer>({ script: 'diagnosis/worker.js', answer: trialAnswer })
afterAll(() => pool.close())

describe(`the diagnosis of the servers of day ${day}`, () => {
  let found: Exceptions

  beforeAll(async () => {
    const composites = published.pairs + published.triples
    found = exceptionsOf(
      await measure(
        {
          faults: todays(sampleOfFaults(published.faults, published.seed), perDay.faults),
          seed: published.composite_seed,
          composites,
          chosen: todays([...Array(composites).keys()], perDay.composites),
          publicServers: todays(publicServers, perDay.publicServers),
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
