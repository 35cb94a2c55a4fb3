import { expect, test } from 'vitest'
import { revisions } from '../src/contract/revisions/index.ts'
import { runAgainst } from './run-against.ts'

/** Those with the most requests. A revision without one of them runs nothing but the preparation. */
const largest = ['INP-01', 'PAG-05', 'NFD-04', 'NEG-05', 'ISO-02', 'PAG-22'] as const

test.for(revisions.flatMap((revision) => largest.map((id) => ({ revision, id, name: revision.name }))))(
  'a run of $id alone sends at most 50 requests (revision $name)',
  async ({ revision, id }) => {
    const run = await runAgainst({ revision: revision.name }, { only: [id], revision })
    expect(run.traffic.requests).toBeLessThanOrEqual(50)
    expect(run.outcomes.filter(({ verdict }) => verdict === 'fail')).toEqual([])
  },
)
