import { isJsonObject } from '../../contract/json.ts'
import type { Override } from '../behaviour.ts'
import { defaultWorld } from '../world/default-world.ts'
import type { ThreadEvent, World } from '../world/world.ts'
import type { Variant } from './variant.ts'

/** The default world with each event changed. */
function eventsAs(change: (event: ThreadEvent, at: number) => ThreadEvent): { readonly world: World } {
  const sessions = defaultWorld().sessions.map((session) => ({
    ...session,
    threads: session.threads.map((thread) => ({ ...thread, events: thread.events.map(change) })),
  }))
  return { world: { version: 1, sessions } }
}

function withIds(idOf: (digits: string) => string): { readonly world: World } {
  return eventsAs((event) => ({ ...event, id: `evt_${idOf(event.id.slice(4))}` }))
}

/** Every timestamp spelt otherwise. */
function timestamps(spell: (text: string) => string): Override {
  return (base) => ({
    present(call, event) {
      const value = base.present(call, event)
      if (!isJsonObject(value)) return value
      const { processed_at } = value
      return {
        ...value,
        created_at: spell(event.created_at),
        ...(typeof processed_at === 'string' ? { processed_at: spell(processed_at) } : {}),
      }
    },
  })
}

const unchanged: Override = () => ({})

/** The default world with some timestamps around a leap second at the beginning of each thread. */
function beginningAt(timestamps: readonly string[]): { readonly world: World } {
  return eventsAs((event, at) => {
    const timestamp = timestamps[at]
    return timestamp === undefined ? event : { ...event, created_at: timestamp, processed_at: null }
  })
}

export const eventVariants: readonly Variant[] = [
  {
    name: 'directions-of-its-own',
    sentence: '`direction` has undocumented values.',
    server: eventsAs((event) => ('direction' in event ? { ...event, direction: 'to-parent' } : event)),
    override: unchanged,
  },
  {
    name: 'text-as-a-block-in-the-stream',
    sentence: 'The stream writes a `content` that is a string in lists as a single text block.',
    override: (base) => ({
      frameData(call, entry) {
        const value = base.frameData(call, entry)
        return isJsonObject(value) && typeof value.content === 'string'
          ? { ...value, content: [{ type: 'text', text: value.content }] }
          : value
      },
    }),
  },
  {
    name: 'processed-while-read',
    sentence: '`processed_at` is null until an event has been returned a few times.',
    override: (base) => ({
      present(call, event) {
        const value = base.present(call, event)
        const key = `shown ${call.thread.id} ${event.id}`
        const times = Number(call.serverState.memory.get(key) ?? 0)
        call.serverState.memory.set(key, times + 1)
        const isPending = times < 3 && isJsonObject(value) && value.processed_at !== undefined
        return isPending ? { ...value, processed_at: null } : value
      },
    }),
  },
  {
    name: 'timestamps-in-lower-case',
    sentence: 'Timestamps have a lower-case t and z.',
    override: timestamps((text) => text.toLowerCase()),
  },
  {
    name: 'timestamps-with-numeric-utc',
    sentence: 'Timestamps in UTC end in +00:00 or -00:00.',
    override: timestamps((text) => text.replace(/Z$/, text.length % 8 === 0 ? '+00:00' : '-00:00')),
  },
  {
    name: 'timestamps-of-twelve-digits',
    sentence: 'Timestamps have twelve fraction digits.',
    override: timestamps((text) =>
      text.replace(
        /(:\d\d)(?:\.(\d+))?(?=[Z+-])/,
        (_all, start: string, digits = '') => `${start}.${String(digits).padEnd(12, '0')}`,
      ),
    ),
  },
  {
    name: 'leap-second',
    sentence: 'The first events of every thread were created around a leap second.',
    server: beginningAt(['2016-12-31T23:59:59.5Z', '2016-12-31T23:59:60Z', '2016-12-31T23:59:60.25+00:00']),
    override: unchanged,
  },
  {
    name: 'leap-second-told-apart',
    sentence: 'A leap second is followed by a second that many clocks number alike.',
    server: beginningAt(['2016-12-31T23:59:59.5Z', '2016-12-31T23:59:60.5Z', '2017-01-01T00:00:00.2Z']),
    override: (base) => ({
      sortKey: (event) => base.sortKey({ ...event, created_at: event.created_at.replace(/:60\.?/, ':59.9') }),
    }),
  },
  {
    name: 'ids-as-uuids',
    sentence: 'Event ids are UUIDs with hyphens.',
    server: withIds((digits) =>
      `${digits}${digits}`.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    ),
    override: unchanged,
  },
  {
    name: 'ids-with-signs',
    sentence: 'Event ids are base64 with plus, slash, equals sign and more that a query must encode.',
    server: withIds((digits) => `${Buffer.from(digits, 'hex').toString('base64')}+/&=%41#?.~:@`),
    override: unchanged,
  },
  {
    name: 'ids-very-long',
    sentence: 'Event ids have 300 characters and differ only in the last ones.',
    server: withIds((digits) => digits.padStart(296, 'Z')),
    override: unchanged,
  },
  {
    name: 'ids-in-upper-case',
    sentence: 'Event ids are short and in upper case.',
    server: withIds((digits) => digits.slice(-16).toUpperCase()),
    override: unchanged,
  },
  {
    name: 'types-with-signs',
    sentence: 'Most event types contain characters that a query must encode.',
    server: eventsAs((event) => ({
      ...event,
      type: event.type
        .replace('agent.message', 'agent: message/é+&=#%2C🚀')
        .replace('agent.tool_use', 'tool use'),
    })),
    override: unchanged,
  },
]
