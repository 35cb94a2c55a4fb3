import type { ListExchange, StreamExchange } from '../oracle/history.ts'
import { type ListQuery, spellingIn, type TypeSpelling } from '../oracle/pagination/list-query.ts'
import { possibleWindows } from '../oracle/pagination/page-window.ts'
import { expectedFrames } from '../oracle/stream/history-replay.ts'
import { frameId } from '../oracle/stream/read-frames.ts'
import type { Exchange } from '../wire/exchange.ts'
import type { ListViolation } from './list-violation.ts'
import type { StreamViolation } from './stream-violation.ts'

/** How many features a query uses. */
export function complexityOf({ limit, order, after, before, page, types }: ListQuery): number {
  return [limit, order, after, before, page, types].filter((one) => one !== undefined).length
}

/** Orders queries by how many features they use, and then by how many types they name. */
export function byComplexity(a: ListQuery, b: ListQuery): number {
  return complexityOf(a) - complexityOf(b) || (a.types?.length ?? 0) - (b.types?.length ?? 0)
}

/** Orders lists by their queries, and then by how many headers were sent. */
export function bySize(a: ListViolation, b: ListViolation): number {
  const headersOf = ({ list }: ListViolation) => list.exchange.request.headers.length
  return byComplexity(a.list.query, b.list.query) || headersOf(a) - headersOf(b)
}

/** How the types of a list request were written, as its target shows. */
export function spellingOf({ exchange, query }: ListExchange): TypeSpelling {
  return query.types === undefined ? 'comma' : spellingIn(exchange.request.target)
}

/** How many events more than it should a page has. */
export function surplusOf(list: ListExchange): number {
  const [window] = possibleWindows(list)
  return typeof list.page === 'string' ? 0 : list.page.events.length - (window?.events.length ?? 0)
}

/** Whether a list goes wrong in the same way as another, and its request uses nothing that the other's does not. */
export function isSimpler(one: ListViolation, than: ListViolation): boolean {
  if (!isSameWay(one, than) || one.list.thread !== than.list.thread) return false
  if (!headersFit(one.list.exchange, than.list.exchange)) return false
  const [less, more] = [one.list.query, than.list.query]
  return (
    fits(less.limit, more.limit) &&
    fits(less.order, more.order) &&
    fits(less.after, more.after) &&
    fits(less.before, more.before) &&
    fits(less.page?.cursor, more.page?.cursor) &&
    typesFit(one, than)
  )
}

/** Whether the request of a list uses no parameter and no header that another's does not, whatever the parameters' values. */
export function usesLess({ list: one }: ListViolation, { list: than }: ListViolation): boolean {
  const [less, more] = [one.query, than.query]
  const isPart = (name: keyof ListQuery) => less[name] === undefined || more[name] !== undefined
  return (
    one.thread === than.thread &&
    headersFit(one.exchange, than.exchange) &&
    (['limit', 'order', 'after', 'before', 'types'] as const).every(isPart)
  )
}

/** Whether a stream goes wrong in the same way as another, and its request uses nothing that the other's does not. */
export function isSimplerStream(one: StreamViolation, than: StreamViolation): boolean {
  if (one.stream.thread !== than.stream.thread) return false
  if (!headersFit(one.stream.exchange, than.stream.exchange)) return false
  if (one.kind !== than.kind && !explainsSilence(one, than)) return false
  if (than.ignoresCursor && !one.ignoresCursor) return false
  const [less, more] = [one.stream, than.stream]
  return (
    fits(less.after, more.after) && (less.types === undefined || less.types.join() === more.types?.join())
  )
}

// A stream from which nothing arrives is no slower than one that lacks the same events, or that has no frames either.
function explainsSilence(one: StreamViolation, than: StreamViolation): boolean {
  if (than.kind !== 'flow' || than.stream.frames.length > 0) return false
  if (one.kind === 'unreadable') return one.stream.frames.length === 0
  if (one.kind !== 'records') return false
  const sent = new Set(one.stream.frames.map(frameId))
  return expectedFrames(than.stream, than.stream.known).every((id) => !sent.has(id))
}

/** How many features a stream request uses. */
export function streamSize({ types, after }: StreamExchange): number {
  return [types, after].filter((one) => one !== undefined).length
}

/** Whether a filter names a type twice. */
export function namesOneTwice(types: readonly string[]): boolean {
  return new Set(types).size < types.length
}

// A page that has too few events has none of them where the limit is small.
function isSameWay(one: ListViolation, than: ListViolation): boolean {
  if (one.kind === than.kind) return true
  const { page } = than.list
  const isEmpty = typeof page !== 'string' && page.events.length === 0
  return one.kind === 'count' && surplusOf(one.list) < 0 && than.kind === 'records' && isEmpty
}

// A single type that is filtered wrongly explains a union with it, and the comma form explains the brackets. A type that
// is named twice explains only what names one twice. In a union, any name that no event has stands for all such names.
function typesFit(one: ListViolation, than: ListViolation): boolean {
  if (one.list.query.types === undefined) return true
  if (than.list.query.types === undefined) return false
  const [spelled, other] = [spellingOf(one.list), spellingOf(than.list)]
  if (spelled !== other && spelled !== 'comma') return false
  const [less, more] = [namesIn(one.list), namesIn(than.list)]
  if (namesOneTwice(less)) return namesOneTwice(more)
  const times = (names: readonly string[], name: string) => names.filter((other) => other === name).length
  return less.every((name) => times(less, name) <= times(more, name))
}

function namesIn({ query, thread }: ListExchange): string[] {
  const known = new Set(thread.sequence.events.map(({ type }) => type))
  const names = query.types ?? []
  const found = names.filter((name) => known.has(name))
  return found.length === 0 || found.length === names.length ? [...names] : [...found, '']
}

// Accept chooses the representation, and Last-Event-ID is compared as the cursor that it is.
function headersFit(less: Exchange, more: Exchange): boolean {
  const further = ({ request: { headers } }: Exchange) =>
    headers.filter(([name]) => !/^(?:accept|last-event-id)$/i.test(name))
  const others = new Set(further(more).map(([name, value]) => `${name.toLowerCase()}: ${value}`))
  return further(less).every(([name, value]) => others.has(`${name.toLowerCase()}: ${value}`))
}

function fits<T>(less: T | undefined, more: T | undefined): boolean {
  return less === undefined || less === more
}
