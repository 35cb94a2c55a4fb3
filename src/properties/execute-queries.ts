import { eventsPath } from '../contract/events-path.ts'
import { isNoAnswer, judgePage, requirementOfWindow } from '../oracle/attribution/attribute-page.ts'
import { judgeReplay, requirementOfReplay } from '../oracle/attribution/attribute-stream.ts'
import { type Attribution, attributed } from '../oracle/attribution/attribution.ts'
import {
  judgeErrorBody,
  judgeErrorMediaType,
  judgeErrorMessage,
  judgeErrorType,
} from '../oracle/errors/error-envelope.ts'
import type { KnownEvent, SeenEvent } from '../oracle/event.ts'
import type { ListExchange, StreamExchange } from '../oracle/history.ts'
import { judgeAvailability } from '../oracle/hostile-input/availability.ts'
import { judgeNothingOf } from '../oracle/isolation/isolation.ts'
import { eventsOfStream, eventsOnPage } from '../oracle/observed-events.ts'
import type { ListQuery, TypeSpelling } from '../oracle/pagination/list-query.ts'
import { judgeIgnoredCursor } from '../oracle/pagination/page-size.ts'
import type { RouteClient } from '../targets/route-client.ts'
import type { ThreadSnapshot } from '../targets/thread-snapshot.ts'
import type { HostileQuery } from './generators/hostile-queries.ts'
import type { ForeignQuery, GeneratedQuery, TraversalQuery } from './generators/queries.ts'

/** A thread to query; `loaded` holds its events if the suite created it. */
export interface QueryContext {
  readonly snapshot: ThreadSnapshot
  readonly loaded: ReadonlyMap<string, KnownEvent> | undefined
}

export interface ExecutedQuery {
  readonly attributions: readonly Attribution[]
  readonly judged: number
}

const nothing: ExecutedQuery = { attributions: [], judged: 0 }

/** Puts one query to the target and judges the answer, or each of the answers. */
export async function executeQuery(
  generated: GeneratedQuery,
  threads: readonly QueryContext[],
  routeClient: RouteClient,
): Promise<ExecutedQuery> {
  const about = threads[generated.thread]
  if (about === undefined) return nothing
  if (generated.ask === 'traverse') return traverse(generated, about, routeClient)
  if (generated.ask === 'hostile') return hostile(generated, about, routeClient)
  if (generated.ask === 'foreign') return foreign(generated, about, threads[generated.owner], routeClient)
  if (generated.ask === 'stream') {
    const { types, after, spelling, accept } = generated
    const asked = {
      spelling,
      accept,
      fresh: true,
      ...(types === undefined ? {} : { types }),
      ...(after === undefined ? {} : { after }),
    }
    const stream = await routeClient.stream(about.snapshot, asked)
    return judgedStream(stream, about, accept.join() === 'text/event-stream')
  }
  const { query, spelling, accept } = generated
  const list = await routeClient.list(about.snapshot, query, { spelling, accept, fresh: true })
  return judgedPage(list, about, spelling)
}

async function traverse(
  { query, turns }: TraversalQuery,
  about: QueryContext,
  routeClient: RouteClient,
): Promise<ExecutedQuery> {
  let next: ListQuery = query
  let judged = 0
  for (let step = 0; step <= turns.length; step++) {
    const list = await routeClient.list(about.snapshot, next, { fresh: true })
    const answer = await judgedPage(list, about, 'comma')
    judged += answer.judged
    if (answer.attributions.length > 0) return { attributions: answer.attributions, judged }
    const turn = turns[step]
    if (typeof list.page === 'string' || turn === undefined) break
    const cursor = turn.side === 'after' ? list.page.lastId : list.page.firstId
    if (typeof cursor !== 'string') break
    const { after: _after, before: _before, ...rest } = next
    next = { ...rest, ...limited(turn.limit), [turn.side]: cursor }
  }
  return { attributions: [], judged }
}

async function hostile(
  { segment, query, headers, accept }: HostileQuery,
  { snapshot }: QueryContext,
  routeClient: RouteClient,
): Promise<ExecutedQuery> {
  const path = eventsPath(snapshot)
  const target =
    segment === undefined ? path : path.replace(/\/threads\/.*$/, () => `/threads/${segment}/events`)
  const exchange = await routeClient.ask({ target: target + query, headers, accept }, true)
  return {
    judged: exchange.response === undefined ? 0 : 1,
    attributions: [
      ...attributed('INP-01', judgeAvailability(exchange, false)),
      ...attributed('ERR-01', judgeErrorBody(exchange)),
      ...attributed('ERR-02', judgeErrorMediaType(exchange)),
      ...attributed('ERR-03', judgeErrorType(exchange)),
      ...attributed('ERR-04', judgeErrorMessage(exchange)),
    ],
  }
}

function limited(limit: number | undefined): { readonly limit?: number } {
  return limit === undefined ? {} : { limit }
}

async function foreign(
  { side, cursor, order }: ForeignQuery,
  { snapshot }: QueryContext,
  owner: QueryContext | undefined,
  routeClient: RouteClient,
): Promise<ExecutedQuery> {
  const ordered = order === undefined ? {} : { order }
  const [list, plain] = await Promise.all([
    routeClient.list(snapshot, { ...ordered, [side]: cursor }, { fresh: true }),
    routeClient.list(snapshot, ordered, { fresh: true }),
  ])
  if (owner === undefined || isNoAnswer(list)) return nothing
  const what = `an event of another thread (${cursor})`
  return {
    judged: 1,
    attributions: [
      ...attributed('ISO-03', judgeNothingOf(list.exchange, owner.snapshot, `A cursor that is ${what}`)),
      ...attributed('PAG-11', judgeIgnoredCursor(list.exchange, plain, what)),
    ],
  }
}

// Another query may have found the growth before.
async function hasGrown(
  snapshot: ThreadSnapshot,
  { thread, known }: Pick<ListExchange, 'thread' | 'known'>,
  shown: readonly SeenEvent[],
): Promise<boolean> {
  await snapshot.refresh(shown)
  return thread.sequence.events.length > known
}

// An event that appeared since the thread was read is no fault of a target that others use as well.
async function judgedPage(
  list: ListExchange,
  { snapshot, loaded }: QueryContext,
  spelling: TypeSpelling,
): Promise<ExecutedQuery> {
  let { attributions, window } = judgePage(list, loaded)
  const wrong = window !== undefined || attributions.length > 0
  if (wrong && loaded === undefined && (await hasGrown(snapshot, list, eventsOnPage(list))))
    ({ attributions, window } = judgePage(list, loaded))
  const misplaced: Attribution[] =
    window === undefined ? [] : [{ id: requirementOfWindow(list, spelling), finding: window }]
  return { attributions: [...attributions, ...misplaced], judged: isNoAnswer(list) ? 0 : 1 }
}

async function judgedStream(
  stream: StreamExchange,
  { snapshot, loaded }: QueryContext,
  plain: boolean,
): Promise<ExecutedQuery> {
  let { attributions, history } = judgeReplay(stream, plain, loaded)
  const wrong = history !== undefined || attributions.length > 0
  if (wrong && loaded === undefined && (await hasGrown(snapshot, stream, eventsOfStream(stream))))
    ({ attributions, history } = judgeReplay(stream, plain, loaded))
  const misplaced: Attribution[] =
    history === undefined ? [] : [{ id: requirementOfReplay(stream), finding: history }]
  return { attributions: [...attributions, ...misplaced], judged: isNoAnswer(stream) ? 0 : 1 }
}
