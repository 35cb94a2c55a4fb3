import { largestLimit } from '../../oracle/pagination/list-query.ts'
import { probeCapabilities } from '../../targets/probe-capabilities.ts'
import { askTogether } from '../../targets/probe-interference.ts'
import { followUp } from '../../targets/request-attribution.ts'
import type { RouteClient } from '../../targets/route-client.ts'
import { ThreadSnapshot } from '../../targets/thread-snapshot.ts'
import type { Exchange } from '../../wire/exchange.ts'

const lingerMs = 60

/** How much of a thread is read. */
export interface ReadExtent {
  /** How many events are read at most. */
  readonly most: number
  readonly bothWays: boolean
}

/** Which threads are read, and how far. */
interface Reading {
  readonly thread: { readonly sessionId: string; readonly threadId: string }
  readonly siblingThreadId: string | undefined
  readonly extent: ReadExtent
  readonly siblingExtent: ReadExtent
  /** A first page that was read before. */
  readonly pageOf: (threadId: string | undefined) => Exchange | undefined
  /** Whether requests show which features work. */
  readonly probes: boolean
  readonly thrifty: boolean
}

/** Reads the thread, its sibling and the stream, and asks which features work. */
export async function readThreads(routeClient: RouteClient, reading: Reading) {
  const { siblingThreadId, pageOf, probes, thrifty } = reading
  const { sessionId, threadId } = reading.thread
  // One after the other: a server may mix up requests for two threads at the same time.
  const thread = await readOne(routeClient, { sessionId, threadId }, reading.extent, pageOf(threadId))
  const sibling =
    siblingThreadId === undefined
      ? undefined
      : await readOne(
          routeClient,
          { sessionId, threadId: siblingThreadId },
          reading.siblingExtent,
          pageOf(siblingThreadId),
        )
  routeClient.setSnapshots([thread, ...(sibling === undefined ? [] : [sibling])])
  const stream = thread.problem === undefined ? await routeClient.stream(thread, { lingerMs }) : undefined
  thread.absorb(stream?.frames.flatMap(({ seen }) => seen ?? []) ?? [])
  routeClient.settle(thread)
  if (!probes || thread.problem !== undefined) return { thread, sibling, stream, capabilities: [] }
  const [capabilities] = await Promise.all([
    probeCapabilities(routeClient, thread, thrifty),
    thrifty ? undefined : askTogether(routeClient, { thread, sibling, stream }),
  ])
  return { thread, sibling, stream, capabilities }
}

async function readOne(
  routeClient: RouteClient,
  place: { sessionId: string; threadId: string },
  { most, bothWays }: ReadExtent,
  firstPage?: Exchange,
) {
  const snapshot = new ThreadSnapshot(
    place,
    most,
    async (query, one, fresh) => {
      const read = () => routeClient.list(one, query, { fresh })
      // What is read anew decides about a response that differs from what was known.
      return (await (fresh ? followUp(read) : read())).page
    },
    routeClient.revision,
  )
  if (firstPage !== undefined) routeClient.adopt(snapshot, { limit: largestLimit }, firstPage)
  await (bothWays ? snapshot.load() : snapshot.loadForward())
  routeClient.settle(snapshot)
  return snapshot
}
