import { listViolation } from '../capabilities/list-violation.ts'
import { judgeRepresentationOf } from '../oracle/accept/representation.ts'
import type { Finding } from '../oracle/finding.ts'
import type { ListExchange, StreamExchange } from '../oracle/history.ts'
import { wasAnswered } from '../oracle/hostile-input/availability.ts'
import { queryString } from '../oracle/pagination/list-query.ts'
import { idsOf, readPage } from '../oracle/pagination/page.ts'
import type { Connection } from '../wire/client.ts'
import type { Exchange } from '../wire/exchange.ts'
import { probedLists } from './probe-capabilities.ts'
import { type ListOptions, type RouteClient, type RouteRequest, streamAccept } from './route-client.ts'
import type { ThreadSnapshot } from './thread-snapshot.ts'

/** A request that is sent at the same time as others: what it is called, and how it is sent. */
interface Neighbour {
  readonly what: string
  /**
   * @param fresh whether it is sent though it was answered before
   * @param way with what it is sent at the same time, or the connection of its own
   */
  readonly ask: (fresh: boolean, way?: Way) => Promise<Answer>
}

type Way = Pick<ListOptions, 'together' | 'connection'>

interface Answer {
  readonly exchange: Exchange
  readonly isWrong: boolean
}

/** Requests that get other responses at the same time as others than alone. */
export interface Interference {
  /** NEG-05 by what one of them got. */
  readonly finding: Finding
  /** Sends them once more, by the client of the run; nothing if the responses are the same this time. */
  again(routeClient: RouteClient): Promise<Finding | undefined>
}

/** How many wrong responses are compared with those that the same requests have alone, in a small run and in another. */
const mostCompared = { thrifty: 2, otherwise: 6 }

/** With how many other requests a request is tried in turn. */
const mostPartners = 6

/** How many responses to requests that are alone have to be the same each time. A copy of the data that lags behind gives others. */
const fewestAlone = 12

/** The threads that a run reads. */
interface ReadThreads {
  readonly thread: ThreadSnapshot
  readonly sibling: ThreadSnapshot | undefined
  /** The stream of the thread from its beginning. One that sends nothing is not opened again: it takes as long as a deadline. */
  readonly stream: StreamExchange | undefined
}

/**
 * Sends the requests that the capabilities are read from at the same time as one without a credential, a stream and a list
 * of the sibling. The checks make all of them too, and share the responses.
 */
export async function askTogether(routeClient: RouteClient, threads: ReadThreads): Promise<void> {
  await Promise.all(neighboursOf(routeClient, threads, false).map(({ ask }) => ask(false)))
}

/**
 * Looks for requests that get other responses at the same time as others than alone, twice: then no response says anything
 * of its own request unless it was alone (NEG-05). A correct target causes no request here.
 * @param thrifty whether the run makes few requests: then the lists of the thread alone
 */
export async function findInterference(
  routeClient: RouteClient,
  threads: ReadThreads,
  thrifty: boolean,
): Promise<Interference | undefined> {
  const neighbours = neighboursOf(routeClient, threads, thrifty)
  const most = thrifty ? mostCompared.thrifty : mostCompared.otherwise
  const first = await Promise.all(neighbours.map(({ ask }) => ask(false)))
  const wrong = placesOfWrong(first).slice(0, most)
  const alone = await inTurn(neighbours, wrong)
  const changed = wrong.filter((at) => differ(first[at], alone.get(at)))
  if (changed.length === 0) return undefined
  const again = (client: RouteClient) =>
    compare(client, neighboursOf(client, threads, thrifty), changed, most)
  const mixed = await again(routeClient)
  if (mixed === undefined) return undefined
  const pair = thrifty ? undefined : await smallest(neighbours, mixed)
  return {
    finding: (pair ?? mixed).finding,
    again: async (client) => (await again(client))?.finding,
  }
}

/** A request of several that got another response than alone. */
interface Mixed {
  readonly at: number
  readonly alone: Answer
  readonly finding: Finding
}

/** Looks for one other request at the same time as which the request gets another response, whichever is sent first. */
async function smallest(
  neighbours: readonly Neighbour[],
  { at, alone }: Mixed,
): Promise<Pick<Mixed, 'finding'> | undefined> {
  const own = neighbours[at]
  const others = neighbours.filter((one) => one !== own).slice(0, mostPartners)
  if (own === undefined) return undefined
  for (const other of others)
    for (const pair of [
      [other, own],
      [own, other],
    ]) {
      const together = {}
      const answers = await Promise.all(pair.map(({ ask }) => ask(true, { together })))
      const got = answers[pair.indexOf(own)]
      const partner = answers[pair.indexOf(other)]
      if (got === undefined || partner === undefined || !differ(got, alone)) continue
      const exchanges = [got.exchange.id, partner.exchange.id]
      return { finding: findingOf(own, inWords(other), alone, got, exchanges) }
    }
  return undefined
}

function inWords({ what }: Neighbour): string {
  return what.charAt(0).toLowerCase() + what.slice(1)
}

function findingOf(
  { what }: Neighbour,
  others: string,
  alone: Answer,
  got: Answer,
  exchanges: readonly number[],
): Finding {
  const [expected, actual] = [described(alone.exchange), described(got.exchange)]
  return {
    kind: 'neighbour',
    message: `${what} at the same time as ${others}: expected ${expected}, as alone, got ${actual}.`,
    expected,
    actual,
    exchanges,
  }
}

/** Sends all at once, and those alone whose responses are wrong or were changed before. */
async function compare(
  routeClient: RouteClient,
  neighbours: readonly Neighbour[],
  changed: readonly number[],
  most: number,
): Promise<Mixed | undefined> {
  const together = {}
  const answers = await Promise.all(neighbours.map(({ ask }) => ask(true, { together })))
  const suspects = [...new Set([...changed, ...placesOfWrong(answers)])].slice(0, most)
  const alone = await inTurn(neighbours, suspects)
  const at = suspects.find((one) => differ(answers[one], alone.get(one)))
  if (at === undefined) return undefined
  // In reverse, so that copies that answer in turn do not answer the same requests again. On other connections, since the
  // responses may depend on the connection alone.
  for (let asked = suspects.length; asked < fewestAlone; asked += suspects.length) {
    const again = await inTurn(neighbours, suspects.toReversed(), () => routeClient.connection())
    if (suspects.some((one) => differ(alone.get(one), again.get(one)))) return undefined
  }
  const [own, got, separate] = [neighbours[at], answers[at], alone.get(at)]
  if (own === undefined || got === undefined || separate === undefined) return undefined
  const others = `${answers.length - 1} other requests`
  const exchanges = [
    got.exchange.id,
    ...answers.flatMap(({ exchange: { id } }) => (id === got.exchange.id ? [] : id)),
  ]
  return { at, alone: separate, finding: findingOf(own, others, separate, got, exchanges) }
}

function placesOfWrong(answers: readonly Answer[]): number[] {
  return answers.flatMap(({ isWrong }, at) => (isWrong ? [at] : []))
}

/** Sends these one after the other, each on a connection of its own where `connect` makes one. */
async function inTurn(
  neighbours: readonly Neighbour[],
  places: readonly number[],
  connect: () => Connection | undefined = () => undefined,
): Promise<ReadonlyMap<number, Answer>> {
  const answers = new Map<number, Answer>()
  for (const at of places) {
    const connection = connect()
    const way = connection === undefined ? {} : { connection }
    const answer = await neighbours[at]?.ask(true, way).finally(() => connection?.close())
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

function described(exchange: Exchange): string {
  const page = readPage(exchange)
  if (exchange.stream !== undefined) return 'a stream'
  const status = exchange.response?.status
  if (typeof page === 'string') return status === 200 ? '200 without a list' : `status ${status}`
  const [first] = idsOf(page.events)
  const count = `${page.events.length} event${page.events.length === 1 ? '' : 's'}`
  return first === undefined ? 'no events' : `${count} from ${first} on`
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

function named(query: string): string {
  return query === '' ? 'The plain list' : `The list ${query}`
}

function neighboursOf(
  routeClient: RouteClient,
  { thread, sibling, stream }: ReadThreads,
  thrifty: boolean,
): readonly Neighbour[] {
  const listOf = (
    snapshot: ThreadSnapshot,
    [query, options]: ReturnType<typeof probedLists>[number],
  ): Neighbour => ({
    what:
      named(queryString(query, options.spelling)) +
      (snapshot === thread ? '' : ` of thread ${snapshot.threadId}`),
    async ask(fresh, way) {
      const list = await routeClient.list(snapshot, query, { ...options, fresh, ...way })
      return { exchange: list.exchange, isWrong: listViolation(list) !== undefined || isMislabelled(list) }
    },
  })
  const other = (
    what: string,
    request: RouteRequest,
    isWrong: (exchange: Exchange) => boolean,
  ): Neighbour => ({
    what,
    async ask(fresh, way) {
      const exchange = await routeClient.ask({ ...request, ...way }, fresh)
      return { exchange, isWrong: isWrong(exchange) }
    },
  })
  const lists = probedLists(routeClient, thread, thrifty).map((one) => listOf(thread, one))
  if (thrifty) return lists
  const anonymous = other(
    'A list without an Authorization header',
    { authorization: null },
    ({ response }) => response?.status !== 401,
  )
  const streams =
    stream === undefined || stream.frames.length === 0
      ? []
      : [
          other(
            'A stream',
            { accept: streamAccept },
            (exchange) => judgeRepresentationOf(exchange, streamAccept, 'stream') !== undefined,
          ),
        ]
  const beside = sibling === undefined ? [] : [listOf(sibling, [{ limit: 2 }, {}])]
  // Different ones next to each other: not all of them may be under way at once.
  return [anonymous, ...streams, ...lists.slice(0, 1), ...beside, ...lists.slice(1)]
}
