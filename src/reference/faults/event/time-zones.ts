import type { Fault } from '../fault.ts'
import { shown, text } from '../overrides/events.ts'

/** The same time on a clock that is ahead of UTC. */
function inZone(timestamp: string, hours: number): string {
  const match = /^(.{19})(.*?)(?:Z|\+00:00)$/.exec(timestamp)
  if (match === null) return timestamp
  const [, clock = '', fraction = ''] = match
  const local = new Date(Date.parse(`${clock}Z`) + hours * 3_600_000).toISOString().slice(0, 19)
  return `${local}${fraction}+${String(hours).padStart(2, '0')}:00`
}

/** Times that are right, and not written in UTC. */
export const timeZonesFaults: readonly Fault[] = [
  {
    name: 'created-at-in-local-time',
    sentence: '`created_at` is written in the server’s time zone, +08:00.',
    violates: ['EVT-10'],
    override: shown((event) => ({ ...event, created_at: inZone(text(event.created_at), 8) })),
  },
  {
    name: 'processed-at-in-local-time',
    sentence: '`processed_at` is written in the server’s time zone, +02:00.',
    violates: ['EVT-10'],
    override: shown((event) =>
      typeof event.processed_at === 'string'
        ? { ...event, processed_at: inZone(event.processed_at, 2) }
        : event,
    ),
  },
  {
    name: 'messages-in-the-zone-of-the-user',
    sentence: 'Timestamps of user messages are in the time zone of the user.',
    violates: ['EVT-10'],
    override: shown((event) =>
      event.type === 'user.message' ? { ...event, created_at: inZone(text(event.created_at), 5) } : event,
    ),
  },
]
