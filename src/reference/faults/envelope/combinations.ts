import type { Fault } from '../fault.ts'
import { all, before, descending, filtered } from '../overrides/combinations.ts'
import { flag } from '../overrides/pages.ts'

export const combinationsFaults: readonly Fault[] = [
  {
    name: 'has-more-wrong-before-a-cursor-filtered-descending',
    sentence: 'Under `order=desc`, `has_more` is false for `before_id` with a filter.',
    violates: ['ENV-05'],
    alsoAffects: ['FLT-05'],
    override: flag((right, _records, call) => right && !all(before, filtered, descending)(call)),
  },
]
