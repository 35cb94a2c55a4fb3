import { randomUUID } from 'node:crypto'
import { ExactNumber } from '../../contract/exact-number.ts'
import { type JsonObject, stringField } from '../../contract/json.ts'

/** An integer that no double holds. */
const beyondDoubles = new ExactNumber('9007199254740993')

/** Values that serialisers like to leave out or to replace. */
const emptyValues = { parent: null, tags: [], labels: {}, note: '', final: false }

/** A type that a filter lets through, and another one that begins with the same letters. */
export const wantedType = 'agent.message'
export const otherType = 'agent.message_note'

/** What is different about an event, apart from its place. */
export interface EventTraits {
  readonly type?: string
  /** Seconds after the first instant. */
  readonly second: number
  /** Length of its text, in characters. */
  readonly size?: number
  /** Its text; without it, one that no other event has. */
  readonly content?: string
}

/** Makes the events of one thread. Ids ascend, so that stores which break ties by id keep the order of arrival. */
export function eventMaker(sessionId: string, threadId: string): (traits: EventTraits) => JsonObject {
  const start = Date.UTC(2026, 5, 1, 12)
  const prefix = `evt_${randomUUID().replaceAll('-', '').slice(0, 24)}`
  let count = 0
  return ({ type = wantedType, second, size, content }) => {
    count += 1
    return {
      id: `${prefix}${String(count).padStart(8, '0')}`,
      type,
      session_id: sessionId,
      session_thread_id: threadId,
      created_at: new Date(start + second * 1_000).toISOString(),
      content: content ?? (size === undefined ? `Event ${count}: é 漢字 😀` : textOf(size)),
      // Live events often pass through another serialiser than the list does.
      usage: { tokens: beyondDoubles, bytes: 4_294_967_297, cost: 0.1, share: 1e-7 },
      ...emptyValues,
    }
  }
}

/** A text in which every part differs, so that a missing piece shows. */
export function textOf(size: number): string {
  const words = Array.from({ length: Math.ceil(size / 8) }, (_, at) => String(at).padStart(7, '0'))
  return words.join(' ').slice(0, size)
}

/** The id of an event that the suite made. */
export function idOf(event: JsonObject | undefined): string {
  return stringField(event, 'id') ?? ''
}
