import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageFile } from '../../src/contract/package-root.ts'
import { faults } from '../../src/reference/faults/index.ts'
import { variants } from '../../src/reference/variants/index.ts'
import { byName, selectedTests } from '../selected-tests.ts'
import { WorkerPool } from '../worker-pool.ts'
import { detectionMarkdown, summariseMatrix } from './detection-report.ts'
import { expectDetected, expectNoAlarm } from './expectations.ts'
import { type ServerJob, type ServerResult, serverResult } from './server-run.ts'

/** A run is bounded by its own deadlines; this only keeps a bug of the suite from blocking the tests. */
const timeout = 300_000

const pool = new WorkerPool<ServerJob, ServerResult>({
  script: 'fault-matrix/worker.js',
  answer: serverResult,
})
const runs = new Map<string, Promise<ServerResult>>()
const results: ServerResult[] = []

// biome-ignore lint/correctness/noEmptyPattern: vitest reads the pattern to see which fixtures are used
beforeAll(({}, suite) => {
  const selected = selectedTests(suite)
  for (const { name } of [...faults, ...variants])
    if (selected.has(name)) {
      const run = pool.run({ name, declaredOnly: false })
      // Its test reports a failure.
      run.catch(() => undefined)
      runs.set(name, run)
    }
})
afterAll(() => pool.close())

async function resultOf(name: string): Promise<ServerResult> {
  const result = await runs.get(name)
  if (result === undefined) throw new Error(`${name} was not run.`)
  results.push(result)
  return result
}

describe('every fault fails exactly the requirements that it declares', () => {
  test.for(byName(faults))('%s', { timeout }, async ([, fault]) =>
    expectDetected(fault, await resultOf(fault.name)),
  )
})

describe('no variant raises a false alarm', () => {
  test.for(byName(variants))('%s', { timeout }, async ([, variant]) =>
    expectNoAlarm(variant, await resultOf(variant.name)),
  )
})

test('docs/detection is up to date (npm run acceptance -- --update rewrites it)', async ({ skip }) => {
  skip(results.length < faults.length + variants.length, 'only part of the matrix was run')
  const summary = summariseMatrix(
    results.flatMap(({ detection }) => detection ?? []),
    results.flatMap(({ variant }) => variant ?? []),
  )
  await expect(`${JSON.stringify(summary, null, 1)}\n`).toMatchFileSnapshot(
    packageFile('docs/detection.json'),
  )
  await expect(detectionMarkdown(summary)).toMatchFileSnapshot(packageFile('docs/detection.md'))
})
