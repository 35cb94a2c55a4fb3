import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { packageFile } from '../../src/contract/package-root.ts'
import { faults } from '../../src/reference/faults/index.ts'
import { variants } from '../../src/reference/variants/index.ts'
import { byName, selectedTests } from '../selected-tests.ts'
import { WorkerPool } from '../worker-pool.ts'
import { affectedBy } from './affected.ts'
import { changedFiles } from './changed-files.ts'
import { expectDetected, expectNoAlarm } from './expectations.ts'
import { selectServers } from './selection.ts'
import { type ServerJob, type ServerResult, serverResult } from './server-run.ts'

const timeout = 300_000

const inCi = (process.env.CI ?? '') !== ''
const specFiles = readdirSync(packageFile('specs'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.spec.ts'))
  .map((name) => `specs/${name}`)
const {
  faults: someFaults,
  variants: someVariants,
  added,
  leftOut,
} = selectServers(faults, variants, await affectedBy(inCi ? [] : changedFiles(), specFiles))

const pool = new WorkerPool<ServerJob, ServerResult>({
  script: 'fault-matrix/worker.js',
  answer: serverResult,
})
const runs = new Map<string, Promise<ServerResult>>()

// biome-ignore lint/correctness/noEmptyPattern: vitest reads the pattern to see which fixtures are used
beforeAll(({}, suite) => {
  const selected = selectedTests(suite)
  console.info(
    `Matrix sample: ${someFaults.length} of ${faults.length} faults and ${someVariants.length} of ${variants.length} variants, ` +
      `${added} of them because of changes; ${leftOut} more affected by changes left to npm run acceptance.`,
  )
  for (const { name } of [...someFaults, ...someVariants])
    if (selected.has(name)) {
      const run = pool.run({ name, declaredOnly: true })
      // Its test reports a failure.
      run.catch(() => undefined)
      runs.set(name, run)
    }
})
afterAll(() => pool.close())

async function resultOf(name: string): Promise<ServerResult> {
  const result = await runs.get(name)
  if (result === undefined) throw new Error(`${name} was not run.`)
  return result
}

describe('sample of faults: every declared requirement fails', () => {
  test.for(byName(someFaults))('%s', { timeout }, async ([, fault]) =>
    expectDetected(fault, await resultOf(fault.name)),
  )
})

describe('sample of variants: no false alarm', () => {
  test.for(byName(someVariants))('%s', { timeout }, async ([, variant]) =>
    expectNoAlarm(variant, await resultOf(variant.name)),
  )
})
