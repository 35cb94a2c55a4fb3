import type { Case } from '../oracle/case.ts'
import { eventsOnPage } from '../oracle/observed-events.ts'
import { ofTypes } from '../oracle/pagination/expected-window.ts'
import { defaultLimit, type ListQuery } from '../oracle/pagination/list-query.ts'
import { judgeTraversal, type Traversal } from '../oracle/pagination/traversal.ts'
import { wholeThread } from '../targets/preconditions.ts'
import type { ThreadSnapshot } from '../targets/thread-snapshot.ts'
import type { CheckRequests } from './check-requests.ts'
import { featuresOfQuery } from './query-features.ts'

/** Pages through a list as a client does, and judges that each event is returned exactly once. */
export async function expectTraversal(
  t: CheckRequests,
  query: ListQuery,
  direction: Traversal['direction'],
  options: { readonly most?: number; readonly snapshot?: ThreadSnapshot } = {},
): Promise<void> {
  const snapshot = options.snapshot ?? t.thread
  const unusable = t.features.isUnusable(
    direction === 'forward' ? 'after_id' : 'before_id',
    ...featuresOfQuery(query),
  )
  if (unusable) return
  // For a partly read thread, only a traversal from its oldest event or from a cursor is predictable.
  if (
    !snapshot.complete &&
    (direction === 'backward' || (query.order === 'desc' && query.after === undefined))
  ) {
    t.unmet ??= wholeThread(t.state)
    return
  }
  await recordTraversal(t, { query, direction, snapshot, most: options.most }, true, (bounds) =>
    t.routeClient.traverse(snapshot, query, direction, bounds),
  )
}

/** As {@link expectTraversal}, by `next_page` until it is null. */
export async function expectPagesFollowed(
  t: CheckRequests,
  query: ListQuery,
  options: { readonly most?: number } = {},
): Promise<void> {
  const snapshot = t.thread
  if (t.features.isUnusable('page', ...featuresOfQuery(query))) return
  await recordTraversal(
    t,
    { query, direction: 'forward', snapshot, most: options.most },
    'next_page',
    (bounds) => t.routeClient.followPages(snapshot, query, bounds),
  )
}

interface TraversalRequest {
  readonly query: ListQuery
  readonly direction: Traversal['direction']
  readonly snapshot: ThreadSnapshot
  readonly most: number | undefined
}

/** Traverses some pages. */
type Pager = (bounds: { fresh: boolean; most?: number }) => Promise<Traversal>

async function recordTraversal(
  t: CheckRequests,
  request: TraversalRequest,
  paged: Case['paged'],
  pager: Pager,
): Promise<void> {
  const { query, snapshot } = request
  const known = snapshot.events.length
  const most = snapshot.complete
    ? request.most
    : Math.max(1, Math.floor(known / (query.limit ?? defaultLimit)) - 1)
  const once = (fresh: boolean) => traverseOnce(t, { ...request, most }, known, fresh, pager)
  const { finding, exchanges } = await once(t.fresh)
  t.record(exchanges, finding, { paged, repeat: async () => (await once(true)).finding })
}

async function traverseOnce(
  t: CheckRequests,
  { query, direction, snapshot, most }: TraversalRequest,
  known: number,
  fresh: boolean,
  pager: Pager,
) {
  const traversed = await pager({ fresh, ...(most === undefined ? {} : { most }) })
  // A page that was asked for before may be older than what is known by now.
  const length = Math.min(known, ...traversed.lists.map((list) => list.known))
  const start = query.after ?? query.before
  let records =
    query.order === 'desc'
      ? [...snapshot.events.slice(0, length)].reverse()
      : snapshot.events.slice(0, length)
  const at = records.findIndex((event) => event.id === start)
  if (start !== undefined) records = direction === 'forward' ? records.slice(at + 1) : records.slice(0, at)
  if (query.types !== undefined) records = records.filter(ofTypes(query.types))
  const judge = (later: ReadonlySet<string>) => {
    const { traversal, expected } = comparable(
      traversed,
      records.map((event) => event.id),
      { later, sampled: !snapshot.complete, bounded: most !== undefined },
    )
    return judgeTraversal(traversal, expected, later)
  }
  for (const { exchange } of traversed.lists) t.noteOrigin(exchange)
  let finding = judge(new Set())
  if (finding !== undefined) await snapshot.refresh(traversed.lists.flatMap(eventsOnPage))
  const later = [...snapshot.events.slice(length), ...snapshot.late.map(({ event }) => event)]
  if (finding !== undefined && later.length > 0) finding = judge(new Set(later.map((event) => event.id)))
  return { finding, exchanges: traversed.lists.map(({ exchange }) => exchange.id) }
}

// A stopped traversal and a partly read thread are compared as far as both reach. Events that were added meanwhile take
// the place of others.
function comparable(
  traversed: Traversal,
  expected: readonly string[],
  { later, sampled, bounded }: { later: ReadonlySet<string>; sampled: boolean; bounded: boolean },
): { traversal: Traversal; expected: readonly string[] } {
  const old = traversed.ids.flatMap((id, at) => (later.has(id) ? [] : [at]))
  if (sampled && old.length >= expected.length) {
    const reached = traversed.ids.slice(0, (old[expected.length - 1] ?? -1) + 1)
    return { traversal: { ...traversed, ids: reached, end: 'end' }, expected }
  }
  if (!bounded || traversed.end !== 'too-long') return { traversal: traversed, expected }
  return { traversal: { ...traversed, end: 'end' }, expected: expected.slice(0, old.length) }
}
