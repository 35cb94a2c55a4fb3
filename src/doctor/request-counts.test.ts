import { expect, test } from 'vitest'
import { specs } from '../../specs/index.ts'
import { revisions } from '../contract/revisions/index.ts'
import { specsOfRevision } from '../spec-dsl/specs-of-revision.ts'
import { storedRequestCounts } from './stored-request-counts.ts'

test.for(revisions)('the stored counts of revision $name cover its checks', (revision) => {
  const counts = storedRequestCounts[revision.name]
  const asking = specsOfRevision(specs, revision).flatMap(({ area, items }) =>
    area === 'live' ? [] : items.flatMap((item) => (item.kind === 'asking' ? [item.id] : [])),
  )
  expect(asking.filter((id) => (counts?.checks[id]?.[1] ?? 0) === 0)).toEqual([])
  expect(Object.keys(counts?.checks ?? {}).length).toBeGreaterThan(40)
})
