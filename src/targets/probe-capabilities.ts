import { type Capability, capabilitiesOf } from '../capabilities/capabilities.ts'
import { violationsOf } from '../capabilities/violations.ts'
import { interestingTypes, probedCursors } from '../oracle/pagination/interesting-cursors.ts'
import { type ListQuery, largestLimit } from '../oracle/pagination/list-query.ts'
import { isCursor } from '../oracle/pagination/next-page.ts'
import type { ListOptions, RouteClient } from './route-client.ts'
import type { ThreadSnapshot } from './thread-snapshot.ts'

/**
 * Finds out with a handful of requests which features the target ignores or refuses, so that nothing more is asked with
 * them. The checks ask the same requests, and share the answers.
 * @param thrifty whether the run makes few requests: then all of them are such as the checks ask too
 */
export async function probeCapabilities(
  routeClient: RouteClient,
  thread: ThreadSnapshot,
  thrifty = false,
): Promise<Capability[]> {
  const lists = probedLists(routeClient, thread, thrifty)
  await Promise.all([
    ...lists.map(([query, options]) => routeClient.list(thread, query, options)),
    ...(routeClient.revision.extensions.has('page') ? [followOnce(routeClient, thread)] : []),
  ])
  const history = routeClient.history()
  return capabilitiesOf(history, violationsOf(history))
}

/** The lists that show which features work, each with its options. */
export function probedLists(
  { revision: { extensions } }: RouteClient,
  thread: ThreadSnapshot,
  thrifty: boolean,
): (readonly [query: ListQuery, options: ListOptions])[] {
  const [after, before] = probedCursors(thread.events)
  const [type] = interestingTypes(thread.events, 1)
  const plain: ListQuery[] = [
    {},
    { limit: 2 },
    ...(extensions.has('order') ? [{ order: 'desc' } as const] : []),
  ]
  const cursors: ListQuery[] =
    thread.events.length < 2 || after === undefined || before === undefined
      ? []
      : [{ after: after.id, limit: 7 }, { before: before.id, limit: 7 }, { limit: 7 }]
  const ofType = thread.events.filter((event) => event.type === type).length
  const limit = thrifty ? largestLimit : Math.min(largestLimit, ofType)
  const filters: (readonly [ListQuery, ListOptions])[] =
    type === undefined || !extensions.has('filter')
      ? []
      : [
          [{ types: [type], limit }, {}],
          // Beside the list that differs in the filter alone, so that both are sent at once (see probe-interference).
          [{ limit }, {}],
          [{ types: [type], limit }, { spelling: 'brackets' }],
        ]
  return [...[...plain, ...cursors].map((query) => [query, {}] as const), ...filters]
}

async function followOnce(routeClient: RouteClient, thread: ThreadSnapshot): Promise<void> {
  const { page } = await routeClient.list(thread, { limit: 7 })
  const after = typeof page === 'string' ? undefined : page.events.at(-1)?.id
  if (typeof page === 'string' || !isCursor(page.nextPage) || after === undefined) return
  await routeClient.list(thread, { limit: 7, page: { cursor: page.nextPage, after } })
}
