import { isDenial } from '../../behaviour/denial.ts'
import type { Behaviour } from '../../behaviour.ts'
import type { ThreadRequestContext } from '../../request-context.ts'
import type { Entry } from '../../store/entry.ts'
import type { Fault } from '../fault.ts'
import { fresh } from '../overrides/history.ts'

/** Changes the history that a stream begins with. */
function history(change: (right: readonly Entry[], call: ThreadRequestContext) => readonly Entry[]) {
  return (base: Behaviour): Partial<Behaviour> => ({
    async history(call) {
      const right = await base.history(call)
      return isDenial(right) ? right : change(right, call)
    },
  })
}

export const historyFaults: readonly Fault[] = [
  {
    name: 'stream-of-new-events-only',
    sentence: 'The stream has no history: it starts with the next new event.',
    // Without a new event or a keep-alive, it looks like a stream that is buffered.
    violates: ['SSE-08'],
    seen: 'Subscriptions to a message broker without replay.',
    override: (base) => ({ ...history(() => [])(base), heartbeat: () => '' }),
  },
  {
    name: 'replay-of-100',
    sentence: 'The stream starts with the first 100 events only.',
    violates: ['SSE-04'],
    alsoAffects: ['SSE-05', 'SSE-06'],
    seen: 'A replay that reads one page of the list.',
    override: history((right) => right.slice(0, 100)),
  },
  {
    name: 'replay-of-the-last-50',
    sentence: 'The stream starts with the last 50 events only.',
    violates: ['SSE-04'],
    alsoAffects: ['SSE-05', 'SSE-06'],
    seen: 'A ring buffer.',
    override: history((right) => right.slice(-50)),
  },
  {
    name: 'replay-newest-first',
    sentence: 'The history is sent newest first.',
    violates: ['SSE-04'],
    alsoAffects: ['SSE-05', 'SSE-06'],
    override: history((right) => right.toReversed()),
  },
  {
    name: 'replay-without-the-first',
    sentence: 'The history lacks its first event.',
    violates: ['SSE-04'],
    alsoAffects: ['SSE-06'],
    override: history((right, call) => (fresh(call) ? right.slice(1) : right)),
  },
  {
    name: 'replay-without-the-last',
    sentence: 'The history lacks its last event.',
    violates: ['SSE-04'],
    alsoAffects: ['SSE-05'],
    override: history((right) => right.slice(0, -1)),
  },
  {
    name: 'replay-duplicates-at-page-boundary',
    sentence: 'The hundredth event is sent twice, because the pages of the replay overlap.',
    violates: ['SSE-04'],
    alsoAffects: ['SSE-05', 'SSE-06'],
    override: history((right) => [...right.slice(0, 100), ...right.slice(99)]),
  },
  {
    name: 'replay-drops-ties',
    sentence: 'Of events with equal timestamps, only the first is sent.',
    violates: ['SSE-04'],
    alsoAffects: ['SSE-05', 'SSE-06'],
    seen: 'A map from timestamp to event.',
    override: history((right) => right.filter((entry, at) => entry.key !== right[at - 1]?.key)),
  },
  {
    name: 'replay-by-arrival',
    sentence: 'The history is sent in insertion order.',
    violates: ['SSE-04'],
    alsoAffects: ['SSE-05', 'SSE-06'],
    override: history((right) => right.toSorted((a, b) => a.position - b.position)),
  },
  {
    name: 'resume-includes-the-event',
    sentence: '`Last-Event-ID` resumes at that event instead of after it.',
    violates: ['SSE-05'],
    override: (base) => ({
      resumeAt(call, entries) {
        const right = base.resumeAt(call, entries)
        return typeof right === 'number' ? Math.max(0, right - 1) : right
      },
    }),
  },
  {
    name: 'resume-skips-one',
    sentence: '`Last-Event-ID` resumes one event too late.',
    violates: ['SSE-05'],
    override: (base) => ({
      resumeAt(call, entries) {
        const right = base.resumeAt(call, entries)
        return typeof right === 'number' && right > 0 ? right + 1 : right
      },
    }),
  },
  {
    name: 'resume-ignored',
    sentence: '`Last-Event-ID` is ignored: the whole history is sent again.',
    violates: ['SSE-05'],
    alsoAffects: ['SSE-06', 'SSE-07'],
    override: () => ({ resumeAt: () => 0 }),
  },
  {
    name: 'resume-by-time',
    sentence: '`Last-Event-ID` resumes after the timestamp of that event and skips events with the same one.',
    violates: ['SSE-05'],
    override: (base) => ({
      resumeAt(call, entries) {
        const right = base.resumeAt(call, entries)
        const mark = typeof right === 'number' ? entries[right - 1] : undefined
        if (mark === undefined) return right
        const next = entries.findIndex((entry) => base.compare(entry, mark) > 0)
        return next === -1 ? entries.length : next
      },
    }),
  },
  {
    name: 'resume-by-id-order',
    sentence: '`Last-Event-ID` resumes with the events of greater ids.',
    violates: ['SSE-05'],
    alsoAffects: ['SSE-06'],
    override: history((right, { thread, query }) =>
      query.lastEventId === undefined
        ? right
        : thread.sorted.filter(({ event }) => event.id > (query.lastEventId ?? '')),
    ),
  },
  {
    name: 'resume-at-the-end-replays',
    sentence: '`Last-Event-ID` of the last event sends the whole history again.',
    violates: ['SSE-05'],
    alsoAffects: ['SSE-09'],
    seen: 'events.slice(-remaining), where -0 is the beginning.',
    override: (base) => ({
      resumeAt(call, entries) {
        const right = base.resumeAt(call, entries)
        return right === entries.length ? 0 : right
      },
    }),
  },
  {
    name: 'unknown-resume-from-the-start',
    sentence: 'An unknown `Last-Event-ID` returns the whole history.',
    violates: ['SSE-07'],
    override: (base) => ({
      resumeAt(call, entries) {
        const right = base.resumeAt(call, entries)
        return typeof right === 'number' ? right : 0
      },
    }),
  },
  {
    name: 'unknown-resume-waits',
    sentence: 'An unknown `Last-Event-ID` opens a stream without history.',
    violates: ['SSE-07'],
    override: (base) => ({
      resumeAt(call, entries) {
        const right = base.resumeAt(call, entries)
        return typeof right === 'number' ? right : entries.length
      },
    }),
  },
  {
    name: 'stream-filter-ignored',
    sentence: 'Streams are not filtered.',
    violates: ['SSE-06'],
    override: () => ({ carries: () => true }),
  },
  {
    name: 'stream-filter-ignored-on-resume',
    sentence: 'A resumed stream is not filtered.',
    violates: ['SSE-06'],
    override: (base) => ({
      carries: (call, entry, phase) => !fresh(call) || base.carries(call, entry, phase),
    }),
  },
  {
    name: 'stream-filter-limited-to-twenty',
    sentence: 'The filter of a stream has only the first 20 types of the query.',
    violates: ['SSE-06'],
    seen: 'Query parsers with a limit for arrays.',
    override: () => ({
      carries: ({ query }, { event }) =>
        query.types === undefined || query.types.slice(0, 20).includes(event.type),
    }),
  },
  {
    name: 'stream-filter-by-prefix',
    sentence: 'The filter of a stream matches prefixes of types.',
    violates: ['SSE-06'],
    override: () => ({
      carries: ({ query }, { event }) =>
        query.types === undefined || query.types.some((type) => event.type.startsWith(type)),
    }),
  },
]
