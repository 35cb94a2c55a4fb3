import { listViolation } from '../capabilities/list-violation.ts'
import { judgeRepresentationOf } from '../oracle/accept/representation.ts'
import type { ListExchange } from '../oracle/history.ts'
import { wasAnswered } from '../oracle/hostile-input/availability.ts'
import { idsOf, readPage } from '../oracle/pagination/page.ts'
import type { Exchange } from '../wire/exchange.ts'
import { probedLists } from './probe-capabilities.ts'
import { type RouteClient, streamAccept } from './route-client.ts'
import type { ThreadSnapshot } from './thread-snapshot.ts'

/** A request that is sent at the same time as others. */
interface Neighbour {
  readonly ask: (fresh: boolean) => Promise<Answer>
}

interface Answer {
  readonly exchange: Exchange
  readonly isWrong: boolean
}

/** How many wrong responses are compared with those that the same requests have alone. */
const mostCompared = 6

/** The threads that a run reads. */
interface ReadThreads {
  readonly thread: ThreadSnapshot
  readonly sibling: ThreadSnapshot | undefined
}

/**
 * Sends the requests that the capabilities are read from at the same time as one without a credential, a stream and a list
 * of the sibling. The checks make all of them too, and share the responses.
 */
export async function askTogether(routeClient: RouteClient, threads: ReadThreads): Promise<void> {
  await Promise.all(neighboursOf(routeClient, threads, false).map(({ ask }) => ask(false)))
}

/**
 * Whether requests get other responses at the same time as others than alone, twice: then no response says anything of its
 * own request unless it was alone (NEG-05). A correct target causes no request here.
 * @param thrifty whether the run makes few requests: then the lists of the thread alone
 */
export async function findInterference(
  routeClient: RouteClient,
  threads: ReadThreads,
  thrifty: boolean,
): Promise<boolean> {
  const neighbours = neighboursOf(routeClient, threads, thrifty)
  const together = async (fresh: boolean) => Promise.all(neighbours.map(({ ask }) => ask(fresh)))
  const first = await together(false)
  const wrong = first.flatMap(({ isWrong }, at) => (isWrong ? [at] : [])).slice(0, mostCompared)
  const alone = await inTurn(neighbours, wrong)
  const changed = wrong.filter((at) => differ(first[at], alone.get(at)))
  if (changed.length === 0) return false
  const second = await together(true)
  const again = second.flatMap((answer, at) =>
    changed.includes(at) ? differ(answer, alone.get(at)) : answer.isWrong,
  )
  const suspects = again.flatMap((isSuspect, at) => (isSuspect ? [at] : [])).slice(0, mostCompared)
  const aloneAgain = await inTurn(neighbours, suspects)
  return suspects.some(
    (at) =>
      differ(second[at], aloneAgain.get(at)) &&
      (!alone.has(at) || !differ(alone.get(at), aloneAgain.get(at))),
  )
}

async function inTurn(
  neighbours: readonly Neighbour[],
  places: readonly number[],
): Promise<ReadonlyMap<number, Answer>> {
  const answers = new Map<number, Answer>()
  for (const at of places) {
    const answer = await neighbours[at]?.ask(true)
    if (answer !== undefined) answers.set(at, answer)
  }
  return answers
}

// A response that is missing, or an error of the server, may come of the load alone.
function differ(one: Answer | undefined, other: Answer | undefined): boolean {
  if (one === undefined || other === undefined) return false
  if (!wasAnswered(one.exchange) || !wasAnswered(other.exchange)) return false
  return shown(one.exchange) !== shown(other.exchange)
}

function shown(exchange: Exchange): string {
  const page = readPage(exchange)
  const isStream = exchange.stream !== undefined
  return JSON.stringify([
    exchange.response?.status,
    isStream,
    typeof page === 'string' ? [] : idsOf(page.events),
  ])
}

// What was read of both threads may be the events of one of them.
function isMislabelled({ page, thread }: ListExchange): boolean {
  return (
    typeof page !== 'string' &&
    page.events.some((event) => event.thread !== undefined && event.thread !== thread.threadId)
  )
}

function neighboursOf(
  routeClient: RouteClient,
  { thread, sibling }: ReadThreads,
  thrifty: boolean,
): readonly Neighbour[] {
  const listOf =
    (snapshot: ThreadSnapshot, [query, options]: ReturnType<typeof probedLists>[number]) =>
    async (fresh: boolean) => {
      const list = await routeClient.list(snapshot, query, { ...options, fresh })
      return { exchange: list.exchange, isWrong: listViolation(list) !== undefined || isMislabelled(list) }
    }
  const lists = probedLists(routeClient, thread, thrifty).map((one) => ({ ask: listOf(thread, one) }))
  if (thrifty) return lists
  const anonymous = async (fresh: boolean) => {
    const exchange = await routeClient.ask({ authorization: null }, fresh)
    return { exchange, isWrong: exchange.response?.status !== 401 }
  }
  const stream = async (fresh: boolean) => {
    const exchange = await routeClient.ask({ accept: streamAccept }, fresh)
    return { exchange, isWrong: judgeRepresentationOf(exchange, streamAccept, 'stream') !== undefined }
  }
  const beside = sibling === undefined ? [] : [{ ask: listOf(sibling, [{ limit: 2 }, {}]) }]
  // Different ones next to each other: not all of them may be under way at once.
  return [{ ask: anonymous }, { ask: stream }, ...lists.slice(0, 1), ...beside, ...lists.slice(1)]
}
