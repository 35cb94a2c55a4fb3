import { isJsonObject } from '../../../contract/json.ts'
import type { Behaviour } from '../../behaviour.ts'
import type { ThreadRequestContext } from '../../request-context.ts'
import type { Entry, SortKey } from '../../store/entry.ts'
import type { Fault } from '../fault.ts'
import { arriving } from '../overrides/arrivals.ts'

/** Chooses from the events that arrive on one stream, given the newest time that it has sent so far. */
function byTime(choose: (batch: readonly Entry[], newest: SortKey | undefined) => readonly Entry[]) {
  return (base: Behaviour): Partial<Behaviour> => ({
    async deliver(call, batch, phase) {
      const right = await base.deliver(call, batch, phase)
      const newest = newestOf(call)
      const sent = phase === 'live' ? choose(right, newest) : right
      for (const { key } of right) {
        const known = newestOf(call)
        if (known === undefined || key > known) call.memory.set('newest', key)
      }
      return sent
    },
  })
}

function newestOf(call: ThreadRequestContext): SortKey | undefined {
  const newest = call.memory.get('newest')
  return typeof newest === 'string' || typeof newest === 'bigint' || typeof newest === 'number'
    ? newest
    : undefined
}

/** A frame of this many bytes or more does not fit. */
const room = 32_768

/** Streams of events that arrive with equal or earlier times, or with a large text. */
export const arrivalFaults: readonly Fault[] = [
  {
    name: 'polling-loses-equal-timestamps',
    sentence: 'A stream polls for events later than the last one, and loses those of the same instant.',
    violates: ['SSE-09'],
    seen: 'WHERE created_at > :last.',
    override: byTime((batch, newest) => batch.filter(({ key }) => newest === undefined || key > newest)),
  },
  {
    name: 'polling-loses-earlier-timestamps',
    sentence: 'A stream polls for events not earlier than the last one, and loses those that commit late.',
    violates: ['SSE-09'],
    seen: 'WHERE created_at >= :last, with the ids that were sent left out.',
    override: byTime((batch, newest) => batch.filter(({ key }) => newest === undefined || key >= newest)),
  },
  {
    name: 'polling-repeats-equal-timestamps',
    sentence:
      'A stream polls for events not earlier than the last one, and sends those of that instant again.',
    violates: ['SSE-09'],
    seen: 'WHERE created_at >= :last.',
    override: (base) => ({
      async deliver(call, batch, phase) {
        const right = await base.deliver(call, batch, phase)
        if (phase === 'history') return right
        const keys = new Set(right.map(({ key }) => key))
        const first = right[0]?.position ?? 0
        const again = call.thread.inserted.filter(
          (entry) => keys.has(entry.key) && entry.position < first && base.carries(call, entry, phase),
        )
        return [...again, ...right]
      },
    }),
  },
  {
    name: 'one-live-event-per-instant',
    sentence: 'Of events of the same instant that arrive together only the last is streamed.',
    violates: ['SSE-09'],
    seen: 'A map keyed by timestamp.',
    override: arriving((batch) =>
      batch.filter(({ key }, at) => !batch.slice(at + 1).some((later) => later.key === key)),
    ),
  },
  {
    name: 'large-live-events-dropped',
    sentence: 'An event of more than 32 kB never arrives on an open stream.',
    violates: ['SSE-09'],
    seen: 'NOTIFY payloads and broker messages of limited size.',
    override: arriving((batch) => batch.filter(({ size }) => size < room)),
  },
  {
    name: 'large-live-event-silences-the-stream',
    sentence: 'After an event of more than 32 kB an open stream sends nothing any more.',
    violates: ['SSE-09'],
    override: arriving((batch, call) => {
      if (batch.some(({ size }) => size >= room)) call.memory.set('silent', true)
      return call.memory.get('silent') === true ? [] : batch
    }),
  },
  {
    name: 'large-live-events-truncated',
    sentence: 'Texts of events that arrive on an open stream are cut after 32,768 characters.',
    violates: ['EVT-08'],
    override: (base) => ({
      frameData(call, entry) {
        const value = base.frameData(call, entry)
        if (!isJsonObject(value) || typeof value.content !== 'string') return value
        return { ...value, content: value.content.slice(0, room) }
      },
    }),
  },
  {
    name: 'filtered-streams-drop-mixed-batches',
    sentence: 'A filtered stream sends nothing of events that arrived together when one has another type.',
    violates: ['SSE-09'],
    override: (base) => ({
      append(state, session, thread, events) {
        for (const event of events)
          if (events.some(({ type }) => type !== event.type)) state.memory.set(event.id, true)
        return base.append(state, session, thread, events)
      },
      carries: (call, entry, phase) =>
        base.carries(call, entry, phase) &&
        !(
          phase === 'live' &&
          call.query.types !== undefined &&
          call.serverState.memory.get(entry.event.id) === true
        ),
    }),
  },
  {
    name: 'list-appends-at-the-end-only',
    sentence: 'An event that is earlier than the newest one of its thread is streamed and never listed.',
    violates: ['SSE-09'],
    seen: 'An index by time that only grows at its end.',
    override: (base) => ({
      append(state, session, thread, events) {
        const newest = thread.sorted.at(-1)
        for (const event of events)
          if (newest !== undefined && base.sortKey(event) < newest.key) state.memory.set(event.id, true)
        return base.append(state, session, thread, events)
      },
      sequence: (call) =>
        base.sequence(call).filter(({ event }) => call.serverState.memory.get(event.id) !== true),
    }),
  },
  {
    name: 'filtered-lists-cached',
    sentence: 'Lists with a filter are kept by their URL and never made anew.',
    violates: ['SSE-09'],
    override: (base) => ({
      async window(call) {
        if (call.query.types === undefined) return base.window(call)
        const key = `${call.request.path}?${call.request.query}`
        const kept = pages.get(call.thread)?.get(key) ?? (await base.window(call))
        pages.set(call.thread, (pages.get(call.thread) ?? new Map()).set(key, kept))
        return kept
      },
    }),
  },
]

type Page = Awaited<ReturnType<Behaviour['window']>>
const pages = new WeakMap<object, Map<string, Page>>()
