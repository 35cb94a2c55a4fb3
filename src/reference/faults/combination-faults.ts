import type { Behaviour } from '../behaviour.ts'
import type { ThreadCall } from '../call.ts'
import { flag } from './alter-pages.ts'
import type { Fault } from './fault.ts'

type When = (call: ThreadCall) => boolean

const before: When = ({ query }) => query.cursor?.side === 'before'
const after: When = ({ query }) => query.cursor?.side === 'after'
const filtered: When = ({ query }) => query.types !== undefined
const descending: When = ({ query }) => query.order === 'desc'
const brackets: When = ({ request }) => /types(\[\]|%5B%5D)=/i.test(request.query)
const streaming: When = ({ stream }) => stream === true
const all =
  (...conditions: readonly When[]): When =>
  (call) =>
    conditions.every((condition) => condition(call))
const not =
  (condition: When): When =>
  (call) =>
    !condition(call)

/** Forgets the filter where all of the conditions meet. */
function unfiltered(when: When) {
  return (base: Behaviour): Partial<Behaviour> => ({
    matches: (call, event) => when(call) || base.matches(call, event),
  })
}

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

const windows = ['FLT-05', 'FLT-01', 'FLT-02', 'FLT-03', 'FLT-04', 'PAG-03', 'PAG-04'] as const

/** Branches of a query builder that nobody took before: each parameter works, and so do most pairs of them. */
export const combinationFaults: readonly Fault[] = [
  {
    name: 'filter-lost-before-a-cursor-in-brackets',
    sentence: '`types[]` is forgotten when `before_id` is given.',
    violates: windows,
    generatedOnly: true,
    alter: unfiltered(all(brackets, before)),
  },
  {
    name: 'filter-lost-after-a-cursor-in-brackets-descending',
    sentence: '`types[]` is forgotten under `order=desc` with `after_id`.',
    violates: windows,
    generatedOnly: true,
    alter: unfiltered(all(brackets, after, descending, not(streaming))),
  },
  {
    name: 'far-end-before-a-cursor-filtered-descending',
    sentence: 'Under `order=desc`, `before_id` with a filter gives the records farthest from the cursor.',
    violates: ['FLT-05'],
    alter: farEnd(all(before, filtered, descending)),
  },
  {
    name: 'stream-filter-in-brackets-lost-on-resume',
    sentence: 'A resumed stream forgets `types[]`.',
    violates: ['SSE-06', 'SSE-05'],
    generatedOnly: true,
    alter: unfiltered(all(streaming, brackets, ({ query }) => query.lastEventId !== undefined)),
  },
  {
    name: 'has-more-wrong-before-a-cursor-filtered-descending',
    sentence: 'Under `order=desc`, `has_more` is false for `before_id` with a filter.',
    violates: ['ENV-05', 'FLT-05'],
    alter: flag((right, _records, call) => right && !all(before, filtered, descending)(call)),
  },
  {
    name: 'second-type-in-brackets-lost-behind-a-cursor',
    sentence: 'Behind a cursor only the first of several `types[]` counts.',
    violates: windows,
    generatedOnly: true,
    alter: (base) => ({
      matches: (call, event) =>
        all(brackets, after, not(streaming))(call) && call.query.types !== undefined
          ? event.type === call.query.types[0]
          : base.matches(call, event),
    }),
  },
  {
    name: 'three-types-are-too-many',
    sentence: 'A filter of three types leaves out the third when a cursor is given.',
    violates: windows,
    generatedOnly: true,
    alter: (base) => ({
      matches: (call, event) =>
        call.query.cursor !== undefined && (call.query.types?.length ?? 0) > 2
          ? call.query.types?.slice(0, 2).includes(event.type) === true
          : base.matches(call, event),
    }),
  },
]
