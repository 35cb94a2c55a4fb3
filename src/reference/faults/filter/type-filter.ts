import type { Behaviour } from '../../behaviour.ts'
import type { Fault } from '../fault.ts'

/** Matches types in another way. */
function matching(match: (wanted: string, type: string) => boolean) {
  return (): Partial<Behaviour> => ({
    matches: ({ query }, { type }) =>
      query.types === undefined || query.types.some((wanted) => match(wanted, type)),
  })
}

/** Matches types in another way in lists, and rightly in streams. */
function listMatching(match: (wanted: string, type: string) => boolean) {
  return (base: Behaviour): Partial<Behaviour> => ({
    matches: (call, event) =>
      call.stream === true || call.query.types === undefined
        ? base.matches(call, event)
        : call.query.types.some((wanted) => match(wanted, event.type)),
  })
}

export const typeFilterFaults: readonly Fault[] = [
  {
    name: 'type-matches-prefixes',
    sentence: '`type=agent.message` also returns `agent.message.delta`.',
    violates: ['FLT-01'],
    alsoAffects: ['FLT-02', 'FLT-03', 'FLT-05', 'SSE-06'],
    override: matching((wanted, type) => type.startsWith(wanted)),
  },
  {
    name: 'type-case-insensitive',
    sentence: 'Types are compared case-insensitively.',
    violates: ['FLT-01'],
    alsoAffects: ['FLT-02', 'FLT-03', 'FLT-05', 'SSE-06'],
    seen: 'A case-insensitive collation.',
    override: matching((wanted, type) => wanted.toLowerCase() === type.toLowerCase()),
  },
  {
    name: 'type-with-hyphens-for-underscores',
    sentence: 'Hyphens and underscores in types are the same.',
    violates: ['FLT-01'],
    alsoAffects: ['FLT-02', 'FLT-03', 'FLT-05', 'SSE-06'],
    seen: 'Names that are normalised to one style.',
    override: matching((wanted, type) => wanted.replaceAll('-', '_') === type.replaceAll('-', '_')),
  },
  {
    name: 'type-with-wildcards',
    sentence: 'A `*` in a type matches anything.',
    violates: ['FLT-01'],
    override: listMatching((wanted, type) =>
      wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : wanted === type,
    ),
  },
  {
    name: 'type-as-like-pattern',
    sentence: 'A `%` or `_` in a type works as in SQL’s LIKE.',
    violates: ['FLT-01'],
    seen: 'WHERE type LIKE ?',
    override: listMatching((wanted, type) => {
      const pattern = wanted
        .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replaceAll('%', '.*')
        .replaceAll('_', '.')
      return new RegExp(`^${pattern}$`).test(type)
    }),
  },
  {
    name: 'type-as-regular-expression',
    sentence: 'A type is used as a regular expression: a dot matches any character, and substrings match.',
    violates: ['FLT-01'],
    alsoAffects: ['FLT-02', 'FLT-03', 'FLT-04', 'FLT-05'],
    override: listMatching((wanted, type) => new RegExp(wanted.replace(/[^\w.]/g, '')).test(type)),
  },
  {
    name: 'only-the-first-type',
    sentence: 'Of several types only the first is used.',
    violates: ['FLT-02', 'FLT-03'],
    alsoAffects: ['FLT-05', 'SSE-06'],
    override: (base) => ({ readTypes: (type, brackets) => base.readTypes(type, brackets)?.slice(0, 1) }),
  },
  {
    name: 'only-the-last-type',
    sentence: 'Of several types only the last is used.',
    violates: ['FLT-02'],
    alsoAffects: ['FLT-03', 'FLT-05', 'SSE-06'],
    override: (base) => ({ readTypes: (type, brackets) => base.readTypes(type, brackets)?.slice(-1) }),
  },
  {
    name: 'comma-list-taken-whole',
    sentence: '`type=a,b` is treated as one type with a comma in its name.',
    violates: ['FLT-02'],
    alsoAffects: ['FLT-05', 'SSE-06'],
    override: (base) => ({ readTypes: (type, brackets) => base.readTypes([], [...type, ...brackets]) }),
  },
  {
    name: 'brackets-ignored',
    sentence: '`types[]` is ignored.',
    violates: ['FLT-03'],
    alsoAffects: ['FLT-04', 'SSE-06'],
    override: (base) => ({ readTypes: (type) => base.readTypes(type, []) }),
  },
  {
    name: 'encoded-brackets-ignored',
    sentence: '`types%5B%5D` is not recognised as `types[]`.',
    violates: ['FLT-03'],
    alsoAffects: ['SSE-06'],
    override: (base) => ({
      parameters: (call) =>
        /types%5B%5D/i.test(call.request.query)
          ? base.parameters(call).filter(([name]) => name !== 'types[]')
          : base.parameters(call),
    }),
  },
  {
    name: 'brackets-encoded-in-lower-case-ignored',
    sentence: '`types%5b%5d`, with its hexadecimal digits in lower case, is not recognised as `types[]`.',
    violates: ['FLT-03'],
    seen: 'Names that are compared before they are decoded.',
    override: (base) => ({
      parameters: (call) =>
        call.request.query.includes('types%5b%5d')
          ? base.parameters(call).filter(([name]) => name !== 'types[]')
          : base.parameters(call),
    }),
  },
  {
    name: 'brackets-only-once',
    sentence: 'Only the last of a repeated `types[]` is used.',
    violates: ['FLT-03'],
    alsoAffects: ['SSE-06'],
    override: (base) => ({ readTypes: (type, brackets) => base.readTypes(type, brackets.slice(-1)) }),
  },
  {
    name: 'unknown-type-gives-everything',
    sentence: 'A type that no event has is dropped from the filter.',
    violates: ['FLT-04'],
    alsoAffects: ['FLT-01', 'FLT-02', 'FLT-03'],
    seen: 'A filter built from a table of known types.',
    override: (base) => ({
      matches: (call, event) => {
        if (call.stream === true) return base.matches(call, event)
        const known = new Set(call.thread.sorted.map((entry) => entry.event.type))
        const wanted = call.query.types?.filter((type) => known.has(type)) ?? []
        return wanted.length === 0 || wanted.includes(event.type)
      },
    }),
  },
  {
    name: 'unknown-type-is-404',
    sentence: 'A type that no event has returns 404.',
    violates: ['FLT-04'],
    override: (base) => ({
      async window(call) {
        const page = await base.window(call)
        const nothing =
          call.query.types !== undefined &&
          'entries' in page &&
          page.entries.length === 0 &&
          call.query.cursor === undefined
        return nothing
          ? { denied: true, status: 404, type: 'not_found_error', message: 'No such events.' }
          : page
      },
    }),
  },
  {
    name: 'filter-after-the-limit',
    sentence: 'The filter is applied to the page, so that pages are short or empty.',
    violates: ['FLT-01'],
    alsoAffects: ['FLT-02', 'FLT-03', 'FLT-05', 'ENV-05'],
    seen: 'Filtering in the application after the query.',
    override: (base) => ({
      window(call) {
        const { types: _types, ...query } = call.query
        const page = base.window({ ...call, query })
        if (page instanceof Promise || 'denied' in page) return page
        return { ...page, entries: page.entries.filter(({ event }) => base.matches(call, event)) }
      },
    }),
  },
  {
    name: 'filter-dropped-behind-a-cursor',
    sentence: 'The filter is ignored with a cursor.',
    violates: ['FLT-05'],
    override: (base) => ({
      matches: (call, event) =>
        (call.stream !== true && call.query.cursor !== undefined) || base.matches(call, event),
    }),
  },
  {
    name: 'filter-dropped-under-desc',
    sentence: 'The filter is ignored with `order=desc`.',
    violates: ['FLT-05'],
    alsoAffects: ['FLT-01', 'FLT-02', 'FLT-03', 'FLT-04'],
    override: (base) => ({
      matches: (call, event) => call.query.order === 'desc' || base.matches(call, event),
    }),
  },
  {
    name: 'rare-types-not-found',
    sentence: 'A type with fewer than five events is not found.',
    violates: ['FLT-01'],
    alsoAffects: ['FLT-02', 'FLT-03', 'FLT-05'],
    seen: 'A partial index on the frequent types.',
    override: (base) => ({
      matches(call, event) {
        if (!base.matches(call, event)) return false
        if (call.stream === true || call.query.types === undefined) return true
        return call.thread.sorted.filter((entry) => entry.event.type === event.type).length >= 5
      },
    }),
  },
]
