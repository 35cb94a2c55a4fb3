import { isJsonObject } from '../../../contract/json.ts'
import { type Denial, invalid } from '../../behaviour/denial.ts'
import type { Behaviour } from '../../behaviour.ts'
import type { Entry } from '../../store/entry.ts'
import type { Fault } from '../fault.ts'
import { arriving } from '../overrides/arrivals.ts'

/** Chooses from the events that arrive on one stream, given the last event of the history that it began with. */
function since(keep: (entry: Entry, newest: Entry) => boolean) {
  return (base: Behaviour): Partial<Behaviour> => {
    const newest = new WeakMap<object, Entry>()
    return {
      async deliver(call, batch, phase) {
        const right = await base.deliver(call, batch, phase)
        const last = right.at(-1)
        if (phase === 'history' && last !== undefined) newest.set(call.memory, last)
        const known = newest.get(call.memory)
        return phase === 'history' || known === undefined
          ? right
          : right.filter((entry) => keep(entry, known))
      },
    }
  }
}

/** Resumes in another way after an event that was appended while the server ran. */
function afterArrival(resume: () => number | Denial) {
  return (base: Behaviour): Partial<Behaviour> => ({
    append(state, session, thread, events) {
      for (const { id } of events) state.memory.set(`arrived:${id}`, true)
      return base.append(state, session, thread, events)
    },
    resumeAt: (call, entries) =>
      call.serverState.memory.get(`arrived:${call.query.lastEventId}`) === true
        ? resume()
        : base.resumeAt(call, entries),
  })
}

/** Live delivery that is wrong because of the history, of earlier live events or of a reconnection. */
export const arrivalsAndHistoryFaults: readonly Fault[] = [
  {
    name: 'instant-of-the-history-left-out',
    sentence: 'New events with the timestamp of the last event of the history are not streamed.',
    violates: ['SSE-09'],
    seen: 'Duplicates between history and live are recognised by their timestamp.',
    override: since(({ key }, newest) => key !== newest.key),
  },
  {
    name: 'events-older-than-the-history-left-out',
    sentence: 'New events that are earlier than the last event of the history are not streamed.',
    violates: ['SSE-09'],
    seen: 'Duplicates between history and live are recognised by a high-water mark.',
    override: since(({ key }, newest) => key >= newest.key),
  },
  {
    name: 'equal-texts-sent-once',
    sentence: 'Of new events with the same type, time and text only the first is streamed.',
    violates: ['SSE-09'],
    seen: 'A broker that removes duplicates by a hash of the payload.',
    override: arriving((batch, call) =>
      batch.filter(({ event }) => {
        const hash = JSON.stringify([event.type, event.created_at, event.content])
        const known = call.memory.get(hash) === true
        call.memory.set(hash, true)
        return !known
      }),
    ),
  },
  {
    name: 'bursts-truncated-to-25',
    sentence: 'If more than 25 events are appended at once, a stream sends only the first 25.',
    violates: ['SSE-09'],
    seen: 'A poll with LIMIT 25 that continues after the newest event of the table.',
    override: arriving((batch) => batch.slice(0, 25)),
  },
  {
    name: 'bursts-truncated-to-100',
    sentence: 'If more than a hundred events are appended at once, a stream sends only the first hundred.',
    violates: ['SSE-09'],
    seen: 'A poll that reads one page and continues after the newest event of the table.',
    override: arriving((batch) => batch.slice(0, 100)),
  },
  {
    name: 'live-filter-by-prefix',
    sentence: 'A filtered stream sends live events whose type begins with the wanted one.',
    violates: ['SSE-09'],
    seen: 'A broker subscription with a wildcard behind the type.',
    override: (base) => ({
      carries: (call, entry, phase) =>
        base.carries(call, entry, phase) ||
        (phase === 'live' && call.query.types?.some((type) => entry.event.type.startsWith(type)) === true),
    }),
  },
  {
    name: 'live-events-above-64-kib-dropped',
    sentence: 'An event of more than 64 KiB never arrives on an open stream.',
    violates: ['SSE-09'],
    seen: 'A line reader with a buffer of 64 KiB.',
    override: arriving((batch) => batch.filter(({ size }) => size <= 65_536)),
  },
  {
    name: 'live-nulls-left-out',
    sentence: 'Fields that are null are missing from events that arrived on an open stream.',
    violates: ['EVT-08'],
    seen: 'Two serialisers, one of which omits empty values.',
    override: (base) => ({
      append(state, session, thread, events) {
        for (const { id } of events) state.memory.set(`arrived:${id}`, true)
        return base.append(state, session, thread, events)
      },
      frameData(call, entry) {
        const value = base.frameData(call, entry)
        if (call.serverState.memory.get(`arrived:${entry.event.id}`) !== true || !isJsonObject(value))
          return value
        return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null))
      },
    }),
  },
  {
    name: 'descending-lists-lag-behind',
    sentence: 'A list in descending order lacks the events of the last append.',
    violates: ['SSE-09'],
    seen: 'A materialised index that is refreshed by the next write.',
    override: (base) => {
      const fresh = new WeakMap<object, ReadonlySet<string>>()
      return {
        append(state, session, thread, events) {
          fresh.set(thread, new Set(events.map(({ id }) => id)))
          return base.append(state, session, thread, events)
        },
        sequence(call) {
          const right = base.sequence(call)
          const late = call.query.order === 'desc' ? fresh.get(call.thread) : undefined
          return late === undefined ? right : right.filter(({ event }) => !late.has(event.id))
        },
      }
    },
  },
  {
    name: 'resume-after-live-events-refused',
    sentence: 'An event that was streamed live is unknown as Last-Event-ID.',
    violates: ['SSE-05'],
    alsoAffects: ['SSE-09'],
    seen: 'Resumption reads a table that is written after the event is published to the broker.',
    override: afterArrival(() => invalid('Last-Event-ID names no event of this thread.', 'Last-Event-ID')),
  },
  {
    name: 'resume-after-live-events-starts-over',
    sentence: 'A stream that resumes after an event that was streamed live begins with the whole history.',
    violates: ['SSE-05'],
    alsoAffects: ['SSE-09'],
    override: afterArrival(() => 0),
  },
]
