import type { Fault } from '../fault.ts'
import { all, before, descending, filtered } from '../overrides/combinations.ts'
import { flag } from '../overrides/pages.ts'

export const combinationsFaults: readonly Fault[] = [
  {
    name: 'has-more-wrong-before-a-cursor-filtered-descending',
    sentence: 'With `order=desc`, `before_id` and a filter, `has_more` is false.',
    violates: ['ENV-05'],
    alsoAffects: ['FLT-05'],
    override: flag((right, _records, call) => right && !all(before, filtered, descending)(call)),
  },
]
