import type { RequirementId } from '../contract/catalogue.ts'
import { interestingTypes } from '../oracle/pagination/interesting-cursors.ts'
import type { ListQuery } from '../oracle/pagination/list-query.ts'
import { CheckContext } from '../spec-dsl/check-context.ts'
import { address, thread } from '../targets/preconditions.ts'
import { attributeRequests } from '../targets/request-attribution.ts'
import { type RouteClient, type RouteRequest, streamAccept } from '../targets/route-client.ts'
import type { TargetState } from '../targets/target-state.ts'
import { unknownIdLike } from '../targets/unknown-ids.ts'
import { rankIn } from './rank-requests.ts'

/**
 * Asks a little of every kind, for a judge of the whole history in a run without the checks that make one: pages, a
 * stream that resumes, and errors. The preparation has read the thread and its stream by then; equal requests are shared.
 * @param asksMuch whether the judge's own requests make up for these
 */
export async function probeHistory(
  id: RequirementId,
  state: TargetState,
  routeClient: RouteClient,
  asksMuch: boolean,
): Promise<void> {
  if (address(state) !== undefined) return
  const t = new CheckContext(state, routeClient, false)
  await attributeRequests(
    id,
    async () => {
      if (asksMuch) return
      await Promise.all([...missing(state), ...furtherRequests].map((request) => t.ask(request)))
      if (thread(state) !== undefined) return
      const [first, last] = [t.thread.events[0]?.id, t.thread.events.at(-1)?.id]
      await Promise.all(t.usable(pagesOf(t)).map((query) => t.list(query)))
      if (state.sibling !== undefined) await t.list({}, { snapshot: state.sibling })
      if (first !== undefined && first !== last) await t.stream({ after: first })
    },
    rankIn(id),
  )
}

function pagesOf({ thread: { events } }: CheckContext): ListQuery[] {
  const [first, last] = [events[0]?.id, events.at(-1)?.id]
  const [type] = interestingTypes(events, 1)
  return [
    { limit: 100 },
    { order: 'desc', limit: 100 },
    ...(last === undefined ? [] : [{ after: last }, { before: last, limit: 7 }]),
    ...(first === undefined ? [] : [{ before: first }]),
    ...(type === undefined ? [] : [{ types: [type], order: 'desc' as const, limit: 7 }]),
  ]
}

function missing({ sessionId = '', threadId = '' }: TargetState): RouteRequest[] {
  return [
    { sessionId: unknownIdLike(sessionId) },
    { threadId: unknownIdLike(threadId), accept: streamAccept },
  ]
}

const furtherRequests: readonly RouteRequest[] = [
  { authorization: null },
  { authorization: null, accept: streamAccept },
  { query: '?limit=0' },
  { query: '?after_id=not-an-event' },
  { accept: ['image/png'] },
]
