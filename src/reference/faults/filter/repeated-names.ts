import type { Fault } from '../fault.ts'

/** Lists of types that name one twice, an unknown one, or very many. */
export const repeatedNamesFaults: readonly Fault[] = [
  {
    name: 'repeated-type-doubles-events',
    sentence: '`type=a,a` returns each event twice.',
    violates: ['FLT-02'],
    seen: 'A join with the list of requested types.',
    override: (base) => ({
      take(call, rows, candidates) {
        const names = call.query.types ?? []
        const times = (type: string) => Math.max(1, names.filter((name) => name === type).length)
        const doubled = rows.flatMap((row) => Array.from({ length: times(row.event.type) }, () => row))
        return base.take(call, doubled, candidates)
      },
    }),
  },
  {
    name: 'repeated-type-cancels-itself',
    sentence: '`type=a,a` returns no event of type a.',
    violates: ['FLT-02'],
    seen: 'A set of requested types that is toggled.',
    override: (base) => ({
      matches: (call, event) =>
        base.matches(call, event) &&
        (call.query.types ?? [event.type]).filter((name) => name === event.type).length % 2 === 1,
    }),
  },
  {
    name: 'unknown-type-empties-the-union',
    sentence: '`type=a,b` returns an empty page if no event has type b.',
    violates: ['FLT-02'],
    alsoAffects: ['FLT-03', 'FLT-05', 'SSE-06'],
    override: (base) => ({
      matches: (call, event) =>
        base.matches(call, event) &&
        (call.query.types ?? []).every((name) =>
          call.thread.sorted.some((entry) => entry.event.type === name),
        ),
    }),
  },
  {
    name: 'brackets-limited-to-twenty',
    sentence: 'Only the first twenty `types[]` are used.',
    violates: ['FLT-03'],
    alsoAffects: ['SSE-06'],
    seen: 'Query parsers with a limit for arrays.',
    override: (base) => ({ readTypes: (type, brackets) => base.readTypes(type, brackets.slice(0, 20)) }),
  },
  {
    name: 'queries-of-a-kilobyte-refused',
    sentence: 'A query of more than 1,000 characters returns 414.',
    violates: ['FLT-03'],
    override: (base) => ({
      readQuery: (call) =>
        call.request.query.length > 1_000
          ? { denied: true, status: 414, type: 'invalid_request_error', message: 'The URL is too long.' }
          : base.readQuery(call),
    }),
  },
  {
    name: 'inherited-name-matches-every-type',
    sentence: 'A name that every JavaScript object has, such as `constructor`, matches every type.',
    violates: ['FLT-02'],
    alsoAffects: ['FLT-01', 'FLT-03', 'INP-02', 'SSE-06'],
    seen: 'if (wanted[type]), where wanted is a plain object.',
    override: (base) => ({
      matches: (call, event) =>
        base.matches(call, event) || (call.query.types ?? []).some((name) => name in {}),
    }),
  },
]
