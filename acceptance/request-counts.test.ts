import { expect, test } from 'vitest'
import { requestsOfChecks } from '../scripts/question-order/count-requests.ts'
import { revisions } from '../src/contract/revisions/index.ts'
import { storedRequestCounts } from '../src/doctor/stored-request-counts.ts'

test.for(revisions)(
  'the stored counts of revision $name are current (if not: npm run order -- count)',
  async (revision) => {
    const asked = (checks: Readonly<Record<string, readonly number[]>> = {}) =>
      Object.entries(checks)
        .map(([id, [, count]]) => `${id} ${count}`)
        .toSorted()
    const stored = storedRequestCounts[revision.name]?.checks
    expect(asked(stored)).toEqual(asked(await requestsOfChecks(revision)))
  },
)
