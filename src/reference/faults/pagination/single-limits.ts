import type { Fault } from '../fault.ts'
import { page } from '../overrides/single-limits.ts'

export const singleLimitsFaults: readonly Fault[] = [
  {
    name: 'short-page-at-limit-99',
    sentence: 'A page of 99 has 98 events.',
    violates: ['PAG-02'],
    override: page(
      ({ query }) => query.limit === 99,
      (right) => ({ ...right, entries: right.entries.slice(0, 98) }),
    ),
  },
  {
    name: 'page-of-33-skips-one',
    sentence: 'With a cursor, the first event of a page of 33 is missing.',
    violates: ['PAG-03'],
    alsoAffects: ['PAG-05'],
    override: page(
      ({ query }) => query.limit === 33 && query.cursor !== undefined,
      (right) => ({ ...right, entries: right.entries.slice(1) }),
    ),
  },
  {
    name: 'backward-page-of-5-skips-one',
    sentence: 'The last event of a backward page of five is missing.',
    violates: ['PAG-04'],
    alsoAffects: ['PAG-06'],
    override: page(
      ({ query }) => query.limit === 5 && query.cursor?.side === 'before' && query.types === undefined,
      (right) => ({ ...right, entries: right.entries.slice(0, -1) }),
    ),
  },
]
