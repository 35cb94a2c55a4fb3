import { randomUUID } from 'node:crypto'
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../contract/json.ts'
import { invalid } from '../behaviour/denial.ts'
import type { Override } from '../behaviour.ts'
import { headerLines } from '../request-context.ts'

/**
 * The server of July 2026. It keeps what that revision no longer mentions (order, filters, the Accept switch), and
 * differs where the two contradict: slimmer events, `next_page`, `request_id` from `x-request-id`.
 */
export const july: Override = (base) => ({
  readPage(call, token) {
    const [thread, id] = readToken(token)
    if (id === undefined || thread !== call.thread?.id)
      return invalid('page is no cursor of this list.', 'page')
    return { side: 'after', id }
  },

  // Nothing is documented for a page that was read backward.
  nextPage({ thread, query }, { entries, hasMore }) {
    const last = entries.at(-1)
    if (last === undefined || !hasMore || query.cursor?.side === 'before') return null
    return writeToken(thread.id, last.event.id)
  },

  present(call, event) {
    const value = base.present(call, event)
    return isJsonObject(value) ? slim(value) : value
  },

  errorBody(call, denial) {
    const body = base.errorBody(call, denial)
    const [sent] = headerLines(call.request, 'x-request-id')
    return isJsonObject(body) ? { ...body, request_id: sent ?? randomUUID() } : body
  },
})

/** A `page` cursor: opaque to clients, and good for one thread. */
export function writeToken(threadId: string, eventId: string): string {
  return `page_${Buffer.from(JSON.stringify([threadId, eventId])).toString('base64url')}`
}

/** The thread and the event of a `page` cursor; neither for a text that is none. */
export function readToken(token: string): readonly [threadId?: string, eventId?: string] {
  const value = token.startsWith('page_')
    ? parseJson(Buffer.from(token.slice('page_'.length), 'base64url').toString())
    : undefined
  const [threadId, eventId] = Array.isArray(value) ? value : []
  return typeof threadId === 'string' && typeof eventId === 'string' ? [threadId, eventId] : []
}

/** An event as this revision shows it. Its only timestamp is `processed_at`, which defines the order. */
function slim(event: JsonObject): JsonObject {
  const {
    session_id: _session,
    session_thread_id: _thread,
    schema_version: _version,
    turn_id: _turn,
    created_at: _created,
    ...shown
  } = inLaterForm(event)
  return shown
}

/** An event with the fields of this revision, and with those that tell the server where it belongs. */
export function inLaterForm<Event extends JsonObject>(event: Event) {
  const { content, created_at } = event
  return {
    ...event,
    ...(content === undefined ? {} : { content: inBlocks(content) }),
    processed_at: created_at ?? null,
  }
}

function inBlocks(content: JsonValue): JsonValue {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content
}
