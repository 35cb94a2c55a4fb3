import { afterAll, describe, expect, test } from 'vitest'
import { faults } from '../../src/reference/faults/index.ts'
import { laterFaults } from '../../src/reference/faults/later/index.ts'
import { variants } from '../../src/reference/variants/index.ts'
import { day } from '../daily-share.ts'
import { expectDetected, expectNoAlarm } from '../fault-matrix/expectations.ts'
import { type ServerJob, type ServerResult, serverResult } from '../fault-matrix/server-run.ts'
import { WorkerPool } from '../worker-pool.ts'

const timeout = 300_000
const revision = '2026-07'

/** Two thirds of the faults of the later revision, in turn: with the samples, about 90 seconds of processor time. */
const own = laterFaults.filter((_, at) => at % 3 !== day % 3)

/** One fault of each area that the revisions share. */
const shared = [
  'first-and-last-exchanged',
  'large-integers-rounded-in-the-stream',
  'ties-alternate-between-requests',
  'list-of-whole-session',
  'thread-id-in-the-query-overrides-the-path',
  'limit-capped-at-50',
  'default-limit-25',
  'resume-includes-the-event',
  'half-token-accepted',
  'thread-looked-up-globally',
  'query-errors-typed-api-error',
  'array-parameter-crashes',
]

/** Unusual servers that conform to both revisions. */
const unusual = [
  'stream-closes-after-history',
  'lines-end-in-cr',
  'heartbeat-comments-often',
  'timestamps-of-twelve-digits',
  'ids-as-uuids',
  'discovery-in-another-order',
]

const pool = new WorkerPool<ServerJob, ServerResult>({
  script: 'fault-matrix/worker.js',
  answer: serverResult,
})
afterAll(() => pool.close())

const run = (name: string) => pool.run({ name, declaredOnly: false, revision })

function named<T extends { readonly name: string }>(all: readonly T[], name: string): T {
  const found = all.find((one) => one.name === name)
  if (found === undefined) throw new Error(`There is no ${name}.`)
  return found
}

test('at least 25 faults of the later revision run each day, and each of them within three days', () => {
  expect(own.length).toBeGreaterThanOrEqual(25)
  expect(laterFaults.length).toBeLessThanOrEqual(own.length * 2)
})

describe.concurrent('faults of the later revision: every declared requirement fails, and no other', () => {
  test.for(own.map((fault) => [fault.name, fault] as const))('%s', { timeout }, async ([name, fault]) =>
    expectDetected(fault, await run(name)),
  )
})

describe.concurrent('faults of both revisions are found by the later one too', () => {
  test.for(shared)('%s', { timeout }, async (name) => {
    const fault = named(faults, name)
    const result = await run(name)
    const declared = result.detection?.declared ?? []
    expect(declared, name).not.toEqual([])
    expectDetected(fault, result)
  })
})

describe.concurrent('unusual servers: no false alarm', () => {
  test.for(unusual)('%s', { timeout }, async (name) => expectNoAlarm(named(variants, name), await run(name)))
})
