import type { Feature } from '../capabilities/request-features.ts'
import type { RequirementId } from '../contract/catalogue.ts'
import { judgeRefusal } from '../oracle/errors/refusal.ts'
import type { ListExchange, StreamExchange } from '../oracle/history.ts'
import type { ListQuery, TypeSpelling } from '../oracle/pagination/list-query.ts'
import { judgeWindow } from '../oracle/pagination/page-window.ts'
import type { Traversal } from '../oracle/pagination/traversal.ts'
import { screenRequests } from '../targets/request-attribution.ts'
import type { ThreadSnapshot } from '../targets/thread-snapshot.ts'
import type { Exchange } from '../wire/exchange.ts'
import { CheckRequests, present } from './check-requests.ts'
import { expectEquivalent } from './expect-equivalent.ts'
import { expectHistory } from './expect-history.ts'
import { expectPage, type PageJudge } from './expect-page.ts'
import { expectPagesFollowed, expectTraversal } from './expect-traversal.ts'
import { NotExercised } from './not-exercised.ts'
import { offeredQueries } from './query-features.ts'

/**
 * One run of one check: how it asks the target and where it leaves its findings.
 * The `expect…` functions judge and record; they never throw for what the target did.
 */
export class CheckContext extends CheckRequests {
  /** Another thread of the session. */
  get sibling(): ThreadSnapshot {
    return present(this.state.sibling, 'a sibling thread')
  }

  /** Ids of a session and thread to name in a path. */
  get address(): { sessionId: string; threadId: string } {
    return {
      sessionId: present(this.state.sessionId, 'a session id'),
      threadId: present(this.state.threadId, 'a thread id'),
    }
  }

  /**
   * Whether one of the features is not in the revision, has no effect on this target, or is refused. Requests that rely
   * on it are not made, and a check without other requests is blocked by the feature's requirement.
   */
  isUnusable(...features: readonly Feature[]): boolean {
    return this.features.isUnusable(...features)
  }

  /**
   * The queries of the revision that use no feature which has no effect on this target, apart from those that the check
   * is about. A query whose cursor is empty names an event that a short thread lacks, and is left out.
   */
  usable<Query extends ListQuery>(
    queries: readonly Query[],
    own: readonly Feature[] = [],
    spelling: TypeSpelling = 'comma',
  ): Query[] {
    return this.features.usable(queries, own, spelling)
  }

  /** Of these query strings, those that use only what the revision has. */
  offered<Query extends string>(queries: readonly Query[]): Query[] {
    return offeredQueries(queries, this.revision)
  }

  /** The requirements of the features that kept requests from being made. */
  get blockedBy(): RequirementId[] {
    return this.features.blockedBy
  }

  /** Judges that a page holds exactly the records that its query must give (with `flag`: has_more too). */
  async expectWindow(list: ListExchange, options: { flag?: boolean } = {}): Promise<void> {
    await this.expectPage(list, (seen, page) => judgeWindow(seen, page, options.flag))
  }

  /** Judges one page; a judgement that new events would explain is made again with them known. */
  async expectPage(list: ListExchange, judge: PageJudge): Promise<void> {
    await expectPage(this, list, judge)
  }

  /** Judges that two queries give the same page; a pair between which the thread grew is asked for again. */
  async expectEquivalent(left: ListQuery, right: ListQuery): Promise<void> {
    await expectEquivalent(this, left, right)
  }

  /** Pages through a list as a client does, and judges that each event is returned exactly once. */
  async expectTraversal(
    query: ListQuery,
    direction: Traversal['direction'],
    options: { readonly most?: number; readonly snapshot?: ThreadSnapshot } = {},
  ): Promise<void> {
    await expectTraversal(this, query, direction, options)
  }

  /** As {@link expectTraversal}, by `next_page` until it is null. */
  async expectPagesFollowed(query: ListQuery, options: { readonly most?: number } = {}): Promise<void> {
    await expectPagesFollowed(this, query, options)
  }

  /** Judges that a stream contains exactly the expected events, in order, each once. */
  async expectHistory(stream: StreamExchange): Promise<void> {
    await expectHistory(this, stream)
  }

  /**
   * Judges that a request was refused with one of these statuses. The body is judged by the requirements about errors.
   * @param because requirements that break in the same way for a simpler request
   * @param place of the case among those of the check, where they are not judged in their order
   */
  expectRefusal(
    exchange: Exchange,
    statuses: readonly number[],
    what: string,
    because: readonly RequirementId[] = [],
    place = 0,
  ): void {
    const repeat = async () => {
      const [again] = (await this.routeClient.repeat([exchange.id])).exchanges
      return again === undefined ? undefined : judgeRefusal(again, statuses, what)
    }
    const finding = judgeRefusal(exchange, statuses, what)
    this.record([exchange.id], finding, { repeat, place, ...(because.length === 0 ? {} : { because }) })
  }

  /**
   * In a run with a budget of requests, sends one request that covers several cases. If its response looks wrong, the
   * requests of these cases go out early. It is not a case itself, but checks of all responses judge it like any other
   * request.
   * @param ask sends it, and resolves to whether its response looks wrong
   * @param each sends the requests of the cases
   */
  async screen(ask: () => Promise<boolean>, each: () => Promise<unknown>): Promise<void> {
    if (this.state.counted === true && !this.fresh) await screenRequests(ask, each)
  }

  /** Ends the check without a verdict. */
  missing(missing: string, provide: string, blockedBy: readonly RequirementId[] = []): never {
    throw new NotExercised({ missing, provide, blockedBy })
  }
}
