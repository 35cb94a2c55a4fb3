import type { JsonValue } from '../contract/json.ts'
import type { Exchange } from '../wire/exchange.ts'
import { isKnown, type KnownEvent, seenEvent } from './event.ts'
import type { History, KnownThread, ListExchange, StreamExchange } from './history.ts'
import type { ListQuery } from './pagination/list-query.ts'
import { type Page, readPage } from './pagination/page.ts'
import { readFrames } from './stream/read-frames.ts'

const sessionId = 'sess_a'
const threadId = 'sthr_a'
let exchanges = 0

/** An event of the thread; `at` is its second, unless a whole timestamp is given. */
export function anEvent(
  id: string,
  at: number | string,
  more: Readonly<Record<string, JsonValue>> = {},
): KnownEvent {
  const created_at = typeof at === 'string' ? at : `2026-01-01T00:00:${String(at).padStart(2, '0')}Z`
  const event = seenEvent({
    id,
    type: 'a.b',
    session_id: sessionId,
    session_thread_id: threadId,
    created_at,
    ...more,
  })
  if (!isKnown(event)) throw new Error('An event of a history needs an id.')
  return event
}

/** Five events, a second apart. */
export const one = anEvent('evt_1', 1)
export const two = anEvent('evt_2', 2)
export const three = anEvent('evt_3', 3)
export const four = anEvent('evt_4', 4)
export const five = anEvent('evt_5', 5)
export const fiveEvents = [one, two, three, four, five]

/** A thread of these events, known to its end. */
export function aThread(events: readonly KnownEvent[], foreign: readonly string[] = []): KnownThread {
  return { sessionId, threadId, sequence: { events, complete: true }, foreign: new Set(foreign) }
}

/** An exchange as the wire records it. */
export function anExchange(
  body: JsonValue | string,
  more: Partial<Exchange> & { status?: number; type?: string } = {},
): Exchange {
  const { status = 200, type = 'application/json', ...rest } = more
  exchanges += 1
  return {
    id: exchanges,
    purpose: 'list',
    request: { method: 'GET', target: '/sessions/sess_a/threads/sthr_a/events', headers: [] },
    response: {
      status,
      headers: [['content-type', type]],
      body: typeof body === 'string' ? body : JSON.stringify(body),
      bytes: 1,
      utf8: true,
      truncated: false,
    },
    failure: undefined,
    stream: undefined,
    startedAtMs: exchanges * 10,
    firstByteMs: 1,
    totalMs: 2,
    waits: 0,
    echoes: [],
    ...rest,
  }
}

/** A list that was answered with these events. */
export function aList(
  thread: KnownThread,
  query: ListQuery,
  events: readonly KnownEvent[],
  more: { readonly hasMore?: JsonValue; readonly known?: number } = {},
): ListExchange {
  const exchange = anExchange({
    data: events.map(({ value }) => value),
    first_id: events[0]?.id ?? null,
    last_id: events.at(-1)?.id ?? null,
    has_more: more.hasMore === undefined ? false : more.hasMore,
  })
  return {
    exchange,
    thread,
    query,
    known: more.known ?? thread.sequence.events.length,
    page: readPage(exchange),
  }
}

/** A stream that gave these events as frames. */
export function aStream(
  thread: KnownThread,
  events: readonly KnownEvent[],
  more: { readonly types?: readonly string[]; readonly after?: string; readonly known?: number } = {},
): StreamExchange {
  const frames = events.map(({ id, type, value }) => ({
    id,
    event: type,
    data: JSON.stringify(value),
    atMs: 1,
  }))
  const exchange = anExchange('', {
    type: 'text/event-stream',
    stream: {
      frames,
      comments: 0,
      heartbeats: 0,
      leftover: 0,
      end: 'enough',
      parseErrors: [],
      retryField: undefined,
    },
  })
  return {
    exchange,
    thread,
    types: more.types,
    after: more.after,
    known: more.known ?? thread.sequence.events.length,
    frames: readFrames(frames),
  }
}

/** A history of these lists and streams. */
export function aHistory(lists: readonly ListExchange[], streams: readonly StreamExchange[] = []): History {
  return { exchanges: [...lists, ...streams].map(({ exchange }) => exchange), lists, streams }
}

/** The page of a list that has one. */
export function pageOf({ page }: ListExchange): Page {
  if (typeof page === 'string') throw new Error(page)
  return page
}

/** What a judge said, in one word. */
export function kindOf<T extends string>(
  verdict: { readonly kind: string } | T | undefined,
): string | undefined {
  return typeof verdict === 'object' ? verdict.kind : verdict
}
