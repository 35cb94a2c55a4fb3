import type { Behaviour } from '../../behaviour.ts'
import type { Fault } from '../fault.ts'
import {
  all,
  before,
  brackets,
  descending,
  filtered,
  streaming,
  unfiltered,
  type When,
} from '../overrides/combinations.ts'

const after: When = ({ query }) => query.cursor?.side === 'after'

const not =
  (condition: When): When =>
  (call) =>
    !condition(call)

/** Cuts the page at the wrong end where all of the conditions meet. */
function farEnd(when: When) {
  return (base: Behaviour): Partial<Behaviour> => ({
    take(call, rows, candidates) {
      const page = base.take(call, rows, candidates)
      if (!when(call)) return page
      const size = page.entries.length
      return { ...page, entries: before(call) ? rows.slice(0, size) : rows.slice(rows.length - size) }
    },
  })
}

export const combinationsFaults: readonly Fault[] = [
  {
    name: 'filter-lost-before-a-cursor-in-brackets',
    sentence: '`types[]` is ignored when `before_id` is given.',
    violates: ['FLT-05'],
    alsoAffects: ['FLT-01', 'FLT-02', 'FLT-03', 'FLT-04', 'PAG-03', 'PAG-04'],
    generatedOnly: true,
    override: unfiltered(all(brackets, before)),
  },
  {
    name: 'filter-lost-after-a-cursor-in-brackets-descending',
    sentence: '`types[]` is ignored with `order=desc` and `after_id`.',
    violates: ['FLT-05'],
    alsoAffects: ['FLT-01', 'FLT-02', 'FLT-03', 'FLT-04', 'PAG-03', 'PAG-04'],
    generatedOnly: true,
    override: unfiltered(all(brackets, after, descending, not(streaming))),
  },
  {
    name: 'far-end-before-a-cursor-filtered-descending',
    sentence:
      'With `order=desc`, `before_id` and a filter, the events farthest from the cursor are returned.',
    violates: ['FLT-05'],
    override: farEnd(all(before, filtered, descending)),
  },
  {
    name: 'second-type-in-brackets-lost-behind-a-cursor',
    sentence: 'With a cursor, only the first of several `types[]` is used.',
    violates: ['FLT-05'],
    alsoAffects: ['FLT-01', 'FLT-02', 'FLT-03', 'FLT-04', 'PAG-03', 'PAG-04'],
    generatedOnly: true,
    override: (base) => ({
      matches: (call, event) =>
        all(brackets, after, not(streaming))(call) && call.query.types !== undefined
          ? event.type === call.query.types[0]
          : base.matches(call, event),
    }),
  },
  {
    name: 'third-type-ignored-with-a-cursor',
    sentence: 'With a cursor, the third of three types is ignored.',
    violates: ['FLT-05'],
    alsoAffects: ['FLT-01', 'FLT-02', 'FLT-03', 'FLT-04', 'PAG-03', 'PAG-04'],
    generatedOnly: true,
    override: (base) => ({
      matches: (call, event) =>
        call.query.cursor !== undefined && (call.query.types?.length ?? 0) > 2
          ? call.query.types?.slice(0, 2).includes(event.type) === true
          : base.matches(call, event),
    }),
  },
]
