import { expect, test } from 'vitest'
import type { RequirementId } from '../src/contract/catalogue.ts'
import { faults } from '../src/reference/faults/index.ts'
import { runAgainst } from './run-against.ts'

/** Faults that a check of another requirement sees, or that show beside what a check asks for. */
const seenElsewhere: readonly (readonly [fault: string, ...only: RequirementId[]])[] = [
  ['thread-id-in-the-query-overrides-the-path', 'ISO-02', 'ISO-04'],
  ['resume-after-live-events-refused', 'SSE-05', 'SSE-09'],
  ['large-live-events-truncated', 'EVT-08', 'SSE-09'],
  ['live-events-of-siblings', 'ISO-04', 'SSE-09'],
  ['instant-of-the-history-left-out', 'SSE-09'],
]

test.for(seenElsewhere)('each failure of %s is reproduced in every attempt', async ([name, ...only]) => {
  const fault = faults.find((one) => one.name === name)
  if (fault === undefined) throw new Error(`There is no fault ${name}.`)
  const { outcomes } = await runAgainst(
    { behaviour: fault.override },
    { only, attempts: 3, runs: 0, streamIdleMs: 4_000 },
  )
  const failed = outcomes.filter(({ verdict }) => verdict === 'fail')
  expect(failed.map(({ id }) => id)).toEqual(expect.arrayContaining(fault.violates.slice(0, 1)))
  expect(failed.map(({ reproduced }) => reproduced)).toEqual(failed.map(() => 'always (3 of 3)'))
})
