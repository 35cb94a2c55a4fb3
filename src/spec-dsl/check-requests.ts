import type { Revision } from '../contract/revisions/revision.ts'
import type { ListExchange, StreamExchange } from '../oracle/history.ts'
import type { ListQuery } from '../oracle/pagination/list-query.ts'
import type { ListOptions, RouteClient, RouteRequest, StreamOptions } from '../targets/route-client.ts'
import type { TargetState } from '../targets/target-state.ts'
import type { ThreadSnapshot } from '../targets/thread-snapshot.ts'
import type { Exchange } from '../wire/exchange.ts'
import { CaseRecorder } from './case-recorder.ts'
import { UsableFeatures } from './usable-features.ts'

/** The requests of one run of one check. */
export class CheckRequests extends CaseRecorder {
  readonly state: TargetState
  readonly routeClient: RouteClient
  readonly features: UsableFeatures
  /** Whether no answer to an earlier request is used again. */
  readonly fresh: boolean

  constructor(state: TargetState, routeClient: RouteClient, fresh: boolean) {
    super()
    this.state = state
    this.routeClient = routeClient
    this.fresh = fresh
    this.features = new UsableFeatures(state, routeClient.revision)
  }

  /** The revision that the target is judged by. */
  get revision(): Revision {
    return this.routeClient.revision
  }

  /** The thread that is judged. */
  get thread(): ThreadSnapshot {
    return present(this.state.thread, 'a thread')
  }

  /** Requests a list of the judged thread, or of `options.snapshot`. Equal requests share one exchange. */
  async list(query: ListQuery = {}, options: ListOptions = {}): Promise<ListExchange> {
    const list = await this.routeClient.list(options.snapshot ?? this.thread, query, {
      fresh: this.fresh,
      ...options,
    })
    this.noteOrigin(list.exchange)
    return list
  }

  /** Opens a stream of the judged thread, or of `options.snapshot`, and reads it until every known event has arrived. */
  async stream(options: StreamOptions = {}): Promise<StreamExchange> {
    const stream = await this.routeClient.stream(options.snapshot ?? this.thread, {
      fresh: this.fresh,
      ...options,
    })
    this.noteOrigin(stream.exchange)
    return stream
  }

  /** The stream of the whole history: the one that the preparation read, where there is one. */
  async wholeStream(): Promise<StreamExchange> {
    const { stream } = this.state
    if (stream === undefined) return this.stream()
    this.routeClient.reuse(stream)
    return stream
  }

  /** Sends any other request to the route: with another path, header or token. */
  async ask(request: RouteRequest): Promise<Exchange> {
    const exchange = await this.routeClient.ask(request, this.fresh)
    this.noteOrigin(exchange)
    return exchange
  }
}

/**
 * Something that a check needs and has stated as a precondition.
 * @throws Error if the check has not stated it
 */
export function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`The check uses ${what} without stating that it needs one.`)
  return value
}
