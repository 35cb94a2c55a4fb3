import { defaultRevision } from '../contract/revisions/index.ts'
import type { Revision } from '../contract/revisions/revision.ts'
import type { Exchange } from '../wire/exchange.ts'
import type { SeenEvent } from './event.ts'
import type { Sequence } from './pagination/expected-window.ts'
import type { ListQuery } from './pagination/list-query.ts'
import type { Page } from './pagination/page.ts'

/** One frame of a stream whose data was read as JSON, where it could be. */
export interface SeenFrame {
  readonly id: string | undefined
  readonly event: string | undefined
  readonly data: string
  readonly seen: SeenEvent | undefined
}

/** A thread whose events are known, and the thread beside it where one is known. */
export interface KnownThread {
  readonly sessionId: string
  readonly threadId: string
  readonly sequence: Sequence
  /** Ids that belong to other known threads. */
  readonly foreign: ReadonlySet<string>
  /** The revision that its answers are judged by; without it, the default one. */
  readonly revision?: Revision
}

/** The revision that a thread's answers are judged by. */
export function revisionOf({ revision = defaultRevision }: Pick<KnownThread, 'revision'>): Revision {
  return revision
}

/** A request that the contract answers with a list, and what came. `known`: events known when it was sent. */
export interface ListExchange {
  readonly exchange: Exchange
  readonly thread: KnownThread
  readonly query: ListQuery
  readonly known: number
  readonly page: Page | string
}

/** A request that the contract answers with a stream, and the frames that came. */
export interface StreamExchange {
  readonly exchange: Exchange
  readonly thread: KnownThread
  readonly types: readonly string[] | undefined
  readonly after: string | undefined
  readonly known: number
  readonly frames: readonly SeenFrame[]
}

/** An answer by which nothing is judged about the API, because the API did not send it or nobody waited for it. */
export function isSetAside({ origin, failure }: Pick<Exchange, 'origin' | 'failure'>): boolean {
  return origin !== undefined || failure?.kind === 'aborted' || failure?.kind === 'unsendable'
}

/** Everything that was asked in a run: the whole of it, and the parts of which the right answer is known. */
export interface History {
  readonly exchanges: readonly Exchange[]
  readonly lists: readonly ListExchange[]
  readonly streams: readonly StreamExchange[]
  /** Requests that only a gateway answered, however often they were repeated; in none of the others. */
  readonly unreached?: readonly Exchange[]
  /** Those of them that the contract promises a list or a stream, and that were answered 5xx. */
  readonly unreachedValid?: readonly Exchange[]
}

/** The history without what the API did not answer itself. */
export function ofTheApi({ exchanges, lists, streams }: History): History {
  const isUnreached = ({ origin, response }: Exchange) =>
    origin === 'gateway' && (response === undefined || response.status >= 500)
  const answered = ({ exchange }: { readonly exchange: Exchange }) => !isSetAside(exchange)
  return {
    exchanges: exchanges.filter((exchange) => !isSetAside(exchange)),
    lists: lists.filter(answered),
    streams: streams.filter(answered),
    unreached: exchanges.filter(isUnreached),
    unreachedValid: [...lists, ...streams]
      .map(({ exchange }) => exchange)
      .filter((exchange) => exchange.response !== undefined && isUnreached(exchange)),
  }
}
