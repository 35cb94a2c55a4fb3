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
  /** Another thread whose list has exactly the same events, so that no event tells whose it is. */
  readonly mirror?: string | undefined
  /** The revision by which its responses are judged; by default the default one. */
  readonly revision?: Revision
}

/** The revision by which a thread's responses are judged. */
export function revisionOf({ revision = defaultRevision }: Pick<KnownThread, 'revision'>): Revision {
  return revision
}

/** A request for which the contract promises a list, and its response. `known`: events known when it was sent. */
export interface ListExchange {
  readonly exchange: Exchange
  readonly thread: KnownThread
  readonly query: ListQuery
  readonly known: number
  readonly page: Page | string
}

/** A request for which the contract promises a stream, and its frames. */
export interface StreamExchange {
  readonly exchange: Exchange
  readonly thread: KnownThread
  readonly types: readonly string[] | undefined
  readonly after: string | undefined
  readonly known: number
  readonly frames: readonly SeenFrame[]
}

/** A response that is not judged, because the API did not send it or the run did not wait for it. */
export function isSetAside({ origin, failure }: Pick<Exchange, 'origin' | 'failure'>): boolean {
  return origin !== undefined || failure?.kind === 'aborted' || failure?.kind === 'unsendable'
}

/** All exchanges of a run, and those lists and streams of which the right response is known. */
export interface History {
  readonly exchanges: readonly Exchange[]
  readonly lists: readonly ListExchange[]
  readonly streams: readonly StreamExchange[]
  /** Whether the run ended early, so that its threads were not read to their end once more. */
  readonly endedEarly?: true
  /** Requests that only a gateway answered, retries included. They are in none of the other lists. */
  readonly unreached?: readonly Exchange[]
  /** Those of them for which the contract promises a list or a stream, with a 5xx response. */
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
