import type { Fault } from '../fault.ts'
import { shown, text } from '../overrides/events.ts'

export const timestampsFaults: readonly Fault[] = [
  {
    name: 'created-at-as-number',
    sentence: '`created_at` is the number of milliseconds since 1970.',
    violates: ['EVT-01'],
    alsoAffects: ['EVT-05'],
    override: shown((event) => ({ ...event, created_at: Date.parse(text(event.created_at)) })),
  },
  {
    name: 'created-at-without-zone',
    sentence: '`created_at` has no time zone.',
    violates: ['EVT-05'],
    seen: 'Naive datetimes of an ORM.',
    override: shown((event) => ({
      ...event,
      created_at: text(event.created_at).replace(/(Z|[+-]\d\d:\d\d)$/i, ''),
    })),
  },
  {
    name: 'processed-at-as-unix-text',
    sentence: '`processed_at` is a string of seconds since 1970.',
    violates: ['EVT-05'],
    override: shown((event) =>
      typeof event.processed_at === 'string'
        ? { ...event, processed_at: `${Date.parse(event.processed_at) / 1000}` }
        : event,
    ),
  },
  {
    name: 'thirtieth-of-february',
    sentence: 'Dates may not exist, such as February 30.',
    violates: ['EVT-05'],
    override: shown((event) =>
      event.type === 'agent.thread_message_sent'
        ? { ...event, processed_at: '2026-02-30T08:00:00.000Z' }
        : event,
    ),
  },
  {
    name: 'processed-before-created',
    sentence: '`processed_at` is local time written as UTC, hours before the creation.',
    violates: ['EVT-07'],
    override: shown((event) =>
      typeof event.processed_at === 'string' ? { ...event, processed_at: '2001-01-01T00:00:00Z' } : event,
    ),
  },
  {
    name: 'created-at-as-an-object',
    sentence: '`created_at` is an object that contains the date.',
    violates: ['EVT-01'],
    alsoAffects: ['EVT-05'],
    seen: 'Extended JSON of MongoDB, `{"$date": …}`.',
    override: shown((event) => ({ ...event, created_at: { $date: text(event.created_at) } })),
  },
  {
    name: 'offset-without-colon',
    sentence: 'The offset of `created_at` is written +0000.',
    violates: ['EVT-05'],
    seen: 'strftime’s %z.',
    override: shown((event) => ({ ...event, created_at: text(event.created_at).replace(/Z$/, '+0000') })),
  },
  {
    name: 'created-at-in-words',
    sentence: '`created_at` has the format of HTTP dates.',
    violates: ['EVT-05'],
    seen: 'Flask’s default JSON encoder.',
    override: shown((event) => ({ ...event, created_at: new Date(text(event.created_at)).toUTCString() })),
  },
  {
    name: 'zero-date-for-unprocessed',
    sentence: '`processed_at` of an unprocessed event is 0000-00-00T00:00:00Z.',
    violates: ['EVT-05'],
    seen: 'MySQL’s zero date.',
    override: shown((event) =>
      event.processed_at === null ? { ...event, processed_at: '0000-00-00T00:00:00Z' } : event,
    ),
  },
  {
    name: 'seconds-rounded-to-sixty',
    sentence: 'Seconds are rounded without carry: 59.7 becomes 60.',
    violates: ['EVT-05'],
    override: shown((event) => ({
      ...event,
      processed_at:
        typeof event.processed_at === 'string'
          ? event.processed_at.replace(/:59\.[5-9]\d*/, ':60')
          : (event.processed_at ?? null),
    })),
  },
]
