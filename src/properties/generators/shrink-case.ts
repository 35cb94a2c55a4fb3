import type { JsonObject } from '../../contract/json.ts'
import type { GeneratedCase } from './generated-case.ts'
import type { HostileQuery } from './hostile-queries.ts'
import type { GeneratedQuery, PageQuery } from './queries.ts'
import type { MadeSession, MadeThread } from './session.ts'

/**
 * Simpler cases than this one, the greatest steps first: one query alone, half of the queries, simpler queries;
 * then halves, quarters … of a thread's events less, then plainer events. What a query names stays.
 */
export function* shrinkCase(original: GeneratedCase): Generator<GeneratedCase> {
  yield* fewerQueries(original)
  for (const [at, generated] of original.queries.entries())
    for (const simpler of shrinkQuery(generated))
      yield { ...original, queries: original.queries.with(at, simpler) }
  const { session } = original
  if (session === undefined) return
  for (const simpler of simplerSessions(session, original.queries)) yield { ...original, session: simpler }
}

function* fewerQueries({ queries, ...rest }: GeneratedCase): Generator<GeneratedCase> {
  if (queries.length < 2) return
  for (const one of queries) yield { ...rest, queries: [one] }
  const half = Math.ceil(queries.length / 2)
  if (half < 2) return
  yield { ...rest, queries: queries.slice(0, half) }
  yield { ...rest, queries: queries.slice(half) }
}

/** A query with one thing less. */
function* shrinkQuery(generated: GeneratedQuery): Generator<GeneratedQuery> {
  if (generated.ask === 'traverse') {
    const { turns } = generated
    if (turns.length > 0) yield { ...generated, turns: turns.slice(0, -1) }
    for (const query of simplerQueries(generated.query)) yield { ...generated, query }
  }
  if (generated.ask === 'stream') {
    const { types, after, ...rest } = generated
    if (types !== undefined) yield { ...rest, spelling: 'comma', ...(after === undefined ? {} : { after }) }
    if (after !== undefined) yield { ...rest, ...(types === undefined ? {} : { types }) }
    if (types !== undefined && types.length > 1)
      for (const type of types) yield { ...generated, types: [type] }
    if (generated.spelling !== 'comma') yield { ...generated, spelling: 'comma' }
    if (generated.accept.join() !== 'text/event-stream') yield { ...generated, accept: ['text/event-stream'] }
  }
  if (generated.ask === 'page') yield* simplerPages(generated)
  if (generated.ask === 'hostile') yield* simplerRequests(generated)
}

function* simplerRequests(generated: HostileQuery): Generator<HostileQuery> {
  const { segment, ...rest } = generated
  const { query, headers, accept } = generated
  if (segment !== undefined) yield rest
  if (headers.length > 0) yield { ...generated, headers: [] }
  if (accept.join() !== 'application/json') yield { ...generated, accept: ['application/json'] }
  const parts = query.slice(1).split('&')
  if (query !== '') yield { ...generated, query: '' }
  if (parts.length > 1) for (const part of parts) yield { ...generated, query: `?${part}` }
}

function* simplerPages(generated: PageQuery): Generator<PageQuery> {
  for (const query of simplerQueries(generated.query)) yield { ...generated, query }
  if (generated.spelling !== 'comma') yield { ...generated, spelling: 'comma' }
  if (generated.accept.join() !== 'application/json') yield { ...generated, accept: ['application/json'] }
}

function* simplerQueries(query: PageQuery['query']): Generator<PageQuery['query']> {
  const { types, after, before, order, limit } = query
  if (types !== undefined) {
    const { types: _types, ...rest } = query
    yield rest
    if (types.length > 1) for (const type of types) yield { ...query, types: [type] }
  }
  if (after !== undefined || before !== undefined) {
    const { after: _after, before: _before, ...rest } = query
    yield rest
  }
  if (order !== undefined) {
    const { order: _order, ...rest } = query
    yield rest
  }
  if (limit !== undefined && limit > 1) yield { ...query, limit: 1 }
  if (limit !== undefined && limit > 3) yield { ...query, limit: Math.floor(limit / 2) }
}

function* simplerSessions(session: MadeSession, queries: readonly GeneratedQuery[]): Generator<MadeSession> {
  const named = new Set(queries.flatMap(namedIn))
  for (const [at, thread] of session.threads.entries())
    for (const fewer of fewerEvents(thread, named)) yield withThread(session, at, fewer)
  const asked = new Set(queries.flatMap((one) => ('owner' in one ? [one.thread, one.owner] : [one.thread])))
  const last = session.threads.length - 1
  if (last > Math.max(0, ...asked)) yield { ...session, threads: session.threads.slice(0, -1) }
  for (const [at, thread] of session.threads.entries())
    for (const [place, event] of thread.events.entries())
      for (const plain of plainerEvents(event))
        yield withThread(session, at, { ...thread, events: thread.events.with(place, plain) })
}

function withThread(session: MadeSession, at: number, thread: MadeThread): MadeSession {
  return { ...session, threads: session.threads.with(at, thread) }
}

function* fewerEvents(thread: MadeThread, named: ReadonlySet<string>): Generator<MadeThread> {
  const { events } = thread
  for (let size = events.length; size >= 1; size = Math.floor(size / 2))
    for (let from = 0; from < events.length; from += size) {
      const kept = events.filter((event, at) => at < from || at >= from + size || named.has(String(event.id)))
      if (kept.length < events.length) yield { ...thread, events: kept }
    }
}

const core = ['id', 'type', 'session_id', 'session_thread_id', 'created_at']
const documented = ['direction', 'from_session_thread_id', 'to_session_thread_id', 'status']

// All that is not needed at once, then one field at a time, then half of a text.
function* plainerEvents(event: JsonObject): Generator<JsonObject> {
  const needed = [...core, ...(isDocumented(event) ? [...documented, 'content'] : [])]
  const names = Object.keys(event)
  const rest = names.filter((name) => !needed.includes(name))
  if (rest.length > 1) yield only(event, needed)
  for (const name of rest)
    yield only(
      event,
      names.filter((other) => other !== name),
    )
  for (const [name, value] of Object.entries(event)) {
    const half = typeof value === 'string' && !core.includes(name) ? Math.floor(value.length / 2) : 0
    if (typeof value !== 'string' || half === 0 || documented.includes(name) || name === 'processed_at')
      continue
    yield { ...event, [name]: whole(value.slice(0, half)) }
    yield { ...event, [name]: whole(value.slice(half)) }
  }
}

// A text that was cut inside a character is no text.
function whole(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '')
}

function only(event: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(event).filter(([name]) => names.includes(name)))
}

function isDocumented(event: JsonObject): boolean {
  return event.type === 'agent.thread_message_sent' || event.type === 'session.thread_status_running'
}

function namedIn(generated: GeneratedQuery): string[] {
  if (generated.ask === 'stream') return generated.after === undefined ? [] : [generated.after]
  if (generated.ask === 'foreign') return [generated.cursor]
  if (generated.ask === 'hostile') return []
  return [generated.query.after, generated.query.before].filter((id) => id !== undefined)
}
