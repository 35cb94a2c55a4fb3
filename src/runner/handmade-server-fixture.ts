import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type JsonObject, type JsonValue, stringField } from '../contract/json.ts'

/** An event with the documented fields. */
export interface HandmadeEvent extends JsonObject {
  readonly id: string
  readonly type: string
  readonly session_id: string
  readonly session_thread_id: string
  readonly created_at: string
}

/** A session with its threads, each with its events in chronological order. */
export type HandmadeWorld = Readonly<Record<string, Readonly<Record<string, JsonObject[]>>>>

/** What a hand-made server does with each feature of the route; it is right wherever nothing is said. */
export interface Departures {
  readonly cursors?: 'ignored' | 'refused'
  readonly order?: 'ignored' | 'refused'
  readonly limit?: 'ignored' | 'refused'
  readonly types?: 'ignored'
  readonly accept?: 'ignored'
  readonly defaultLimit?: number
  /** Fields of the envelope that are left out. */
  readonly without?: readonly string[]
  readonly nextPage?: boolean
  readonly mediaType?: string
  /** Whether there are routes that list sessions and threads, and how many ids they show at once. */
  readonly listRoutes?: number
  /** How pages of the list routes are asked for. */
  readonly listPaging?: 'after_id' | 'page'
  /** Answers in place of the route. */
  readonly instead?: (request: IncomingMessage, response: ServerResponse, asked: readonly string[]) => boolean
  /** Called with each list before it is answered. */
  readonly onList?: (events: JsonObject[], asked: readonly string[]) => readonly JsonObject[]
}

export const handmadeToken = 'pat_handmade_0123456789'

/** An event of a thread, whose id and time follow from its place. */
export function handmadeEvent(session: string, thread: string, place: number): HandmadeEvent {
  return {
    id: `evt_${thread.replace(/\W|_/g, '')}x${String(place).padStart(8, '0')}`,
    type: ['agent.message', 'user.message', 'agent.tool_use'][place % 3] ?? '',
    session_id: session,
    session_thread_id: thread,
    created_at: new Date(Date.UTC(2026, 0, 1) + Math.floor(place / 2) * 1000).toISOString(),
  }
}

/** As many events of a thread. */
export function handmadeEvents(session: string, thread: string, count: number): HandmadeEvent[] {
  return Array.from({ length: count }, (_, place) => handmadeEvent(session, thread, place))
}

/** Two sessions; the first has a thread with as many events, and one beside it. */
export function handmadeWorld(count: number): HandmadeWorld {
  const [session, other] = ['sess_7f3a91c2d4e5', 'sess_1b2c3d4e5f60']
  return {
    [session]: {
      sthr_0a1b2c3d4e5f: handmadeEvents(session, 'sthr_0a1b2c3d4e5f', count),
      sthr_9f8e7d6c5b4a: handmadeEvents(session, 'sthr_9f8e7d6c5b4a', 3),
    },
    [other]: { sthr_5a5b5c5d5e5f: handmadeEvents(other, 'sthr_5a5b5c5d5e5f', 2) },
  }
}

/** Starts a server on a free port; `asked` has the target of every request. */
export async function handmadeServer(world: HandmadeWorld, departures: Departures = {}) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (departures.instead?.(request, response, asked) === true) return
    answer(world, departures, request, response, asked)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    asked,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function answer(
  world: HandmadeWorld,
  departures: Departures,
  request: IncomingMessage,
  response: ServerResponse,
  asked: readonly string[],
): ServerResponse {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const query = url.searchParams
  if (request.headers.authorization !== `Bearer ${handmadeToken}`)
    return refuse(response, 401, 'authentication_error')
  const [, session = '', , thread = '', events] =
    /^\/v1\/sessions(?:\/([^/]+)(\/threads(?:\/([^/]+)(\/events)?)?)?)?$/.exec(url.pathname) ?? []
  if (departures.listRoutes !== undefined && thread === '' && url.pathname.startsWith('/v1/sessions')) {
    const ids = Object.keys(session === '' ? world : (own(world, session) ?? {}))
    return sendIds(response, ids, query, departures)
  }
  const known = own(own(world, session) ?? {}, thread)
  if (events === undefined || known === undefined) return refuse(response, 404, 'not_found_error')
  const shown = [...(departures.onList?.(known, asked) ?? known)]
  if (departures.accept === undefined && wantsStream(request.headers.accept ?? ''))
    return stream(response, shown, query, request)
  if (refused(query, departures)) return refuse(response, 400, 'invalid_request_error')
  return sendPage(response, shown, query, departures)
}

// Names such as `constructor` are found in every object.
function own<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

function wantsStream(accept: string): boolean {
  const types = accept
    .replace(/"[^"]*"/g, '')
    .split(',')
    .map((part) => part.split(';')[0]?.trim().toLowerCase())
  return types.includes('text/event-stream')
}

function refused(query: URLSearchParams, { cursors, order, limit }: Departures): boolean {
  const [after, before] = [query.get('after_id'), query.get('before_id')]
  if (cursors === 'refused' && (after !== null || before !== null)) return true
  if (order === 'refused' && query.has('order')) return true
  if (limit === 'refused' && query.has('limit')) return true
  if (order === undefined && query.has('order') && !/^(asc|desc)$/.test(query.get('order') ?? '')) return true
  if (limit === undefined && query.has('limit') && !/^([1-9]\d?|100)$/.test(query.get('limit') ?? ''))
    return true
  return cursors === undefined && after !== null && before !== null
}

function sendPage(
  response: ServerResponse,
  shown: readonly JsonObject[],
  query: URLSearchParams,
  departures: Departures,
): ServerResponse {
  const { cursors, order, types } = departures
  let list = order === undefined && query.get('order') === 'desc' ? shown.toReversed() : [...shown]
  const backward = cursors === undefined && query.has('before_id')
  if (cursors === undefined)
    for (const name of ['after_id', 'before_id']) {
      const cursor = query.get(name)
      if (cursor === null) continue
      const at = list.findIndex((event) => event.id === cursor)
      if (at === -1) return refuse(response, 400, 'invalid_request_error')
      list = backward ? list.slice(0, at) : list.slice(at + 1)
    }
  const wanted = typesOf(query)
  if (types === undefined && wanted.length > 0)
    list = list.filter((event) => wanted.includes(stringField(event, 'type') ?? ''))
  const fallback = departures.defaultLimit ?? 20
  const limit = departures.limit === undefined ? Number(query.get('limit') ?? fallback) : fallback
  const page = backward ? list.slice(-limit) : list.slice(0, limit)
  const more = list.length > page.length
  const body: JsonObject = {
    data: page,
    first_id: page.at(0)?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
    has_more: more,
    ...(departures.nextPage === true ? { next_page: more ? 'page_2' : null } : {}),
  }
  const kept = Object.entries(body).filter(([name]) => departures.without?.includes(name) !== true)
  return sendJson(response, 200, Object.fromEntries(kept), departures.mediaType)
}

function sendIds(
  response: ServerResponse,
  ids: readonly string[],
  query: URLSearchParams,
  { listRoutes = 20, listPaging = 'after_id' }: Departures,
): ServerResponse {
  const from =
    listPaging === 'page'
      ? Number(query.get('page')?.slice(1) ?? 0)
      : ids.indexOf(query.get('after_id') ?? '') + 1
  const page = ids.slice(from, from + listRoutes)
  const next = from + listRoutes
  const more = next < ids.length
  return sendJson(response, 200, {
    data: page.map((id) => ({ id })),
    ...(listPaging === 'page'
      ? { next_page: more ? `p${next}` : null }
      : { has_more: more, first_id: page[0] ?? null, last_id: page.at(-1) ?? null }),
  })
}

function stream(
  response: ServerResponse,
  events: readonly JsonObject[],
  query: URLSearchParams,
  request: IncomingMessage,
): ServerResponse {
  const after = request.headers['last-event-id']
  const from = after === undefined ? 0 : events.findIndex(({ id }) => id === after) + 1
  if (after !== undefined && from === 0) return refuse(response, 400, 'invalid_request_error')
  const types = typesOf(query)
  response.writeHead(200, { 'content-type': 'text/event-stream', vary: 'Accept' })
  for (const event of events.slice(from)) {
    const type = stringField(event, 'type') ?? ''
    if (types.length === 0 || types.includes(type))
      response.write(`id: ${stringField(event, 'id')}\nevent: ${type}\ndata: ${JSON.stringify(event)}\n\n`)
  }
  return response.end()
}

function typesOf(query: URLSearchParams): string[] {
  return [...query.getAll('type').flatMap((value) => value.split(',')), ...query.getAll('types[]')]
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: JsonValue,
  mediaType = 'application/json',
): ServerResponse {
  const challenge = status === 401 ? { 'www-authenticate': 'Bearer' } : {}
  response.writeHead(status, { 'content-type': mediaType, vary: 'Accept', ...challenge })
  return response.end(JSON.stringify(body))
}

function refuse(response: ServerResponse, status: number, type: string): ServerResponse {
  return sendJson(response, status, { type: 'error', error: { type, message: 'The request was refused.' } })
}
