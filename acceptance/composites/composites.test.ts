import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageFile } from '../../src/contract/package-root.ts'
import { composites, randomComposites } from '../../src/reference/composites/index.ts'
import { day } from '../daily-share.ts'
import { WorkerPool } from '../worker-pool.ts'
import { compositesMarkdown } from './composite-report.ts'
import { type CompositeJob, type CompositeResult, compositeResult } from './composite-run.ts'

const timeout = 300_000
const count = 24

const pool = new WorkerPool<CompositeJob, CompositeResult>({
  script: 'composites/worker.js',
  answer: compositeResult,
  jobsPerProcess: 2,
})
const results: CompositeResult[] = []

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
    results.push(result)
    expectExact(result)
  })
})

// The same ones for the figures, and others each day.
describe.for([
  ['fixed', 1],
  ['of the day', day],
] as const)('random pairs and triples: %s', ([kind, seed]) => {
  const servers = randomComposites(seed, count)
  const random: CompositeResult[] = []
  test.for(servers.map(({ name }, index) => [name, index] as const))(
    '%s',
    { timeout },
    async ([name, index]) => {
      const result = await pool.run({ name, random: { seed, count, index } })
      random.push(result)
      expectExact(result)
    },
  )

  if (kind === 'fixed')
    test('docs/composites.md is up to date (npm run acceptance -- --update rewrites it)', async ({
      skip,
    }) => {
      skip(results.length < composites.length || random.length < count, 'only part of the composites was run')
      await expect(compositesMarkdown(results, random)).toMatchFileSnapshot(packageFile('docs/composites.md'))
    })
})
