import { listViolation } from '../capabilities/list-violation.ts'
import { judgeRepresentationOf } from '../oracle/accept/representation.ts'
import type { Finding } from '../oracle/finding.ts'
import type { ListExchange, StreamExchange } from '../oracle/history.ts'
import { wasAnswered } from '../oracle/hostile-input/availability.ts'
import { queryString } from '../oracle/pagination/list-query.ts'
import { type Page, readPage } from '../oracle/pagination/page.ts'
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
  /** The events of a list, each with whether it may have come after the threads were read; `undefined` for no list. */
  readonly events: readonly { readonly id: string; readonly isNew: boolean }[] | undefined
}

/** Responses that differ when requests are sent at the same time. */
export interface Interference {
  /** The finding of NEG-05: one response with the request, or requests, that affect it. */
  readonly finding: Finding
  /** Sends the requests once more; `undefined` if the responses do not differ this time. */
  again(routeClient: RouteClient): Promise<Finding | undefined>
}

/** How many wrong responses are compared with those to separate requests, by the size of the run. */
const mostCompared = { thrifty: 2, otherwise: 6 }

/** How many other requests are tried one by one, to find one that affects a response by itself. */
const mostPartners = 6

/** How many responses to separate requests are compared at least: those of replicas that are out of sync differ. */
const fewestAlone = 12

/** The threads that a run reads. */
interface ProbedThreads {
  readonly thread: ThreadSnapshot
  readonly sibling: ThreadSnapshot | undefined
  /** The stream of the thread from its beginning. One without events is not opened again, since it ends at a deadline. */
  readonly stream: StreamExchange | undefined
}

/**
 * Sends the requests that the capabilities are read from at the same time as one without a credential, a stream and a list
 * of the sibling. The checks make all of them too, and share the responses.
 */
export async function askTogether(routeClient: RouteClient, threads: ProbedThreads): Promise<void> {
  await Promise.all(neighboursOf(routeClient, threads, false).map(({ ask }) => ask(false)))
}

/**
 * Looks for responses that differ when requests are sent at the same time (NEG-05). Where they do, only responses to
 * separate requests say anything of other requirements. Each difference has to occur twice. A correct target causes no
 * request here.
 * @param thrifty whether the run makes few requests: then the lists of the thread alone
 */
export async function findInterference(
  routeClient: RouteClient,
  threads: ProbedThreads,
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

/** A request whose response differs when others are sent at the same time. */
interface Mixed {
  readonly at: number
  readonly alone: Answer
  readonly finding: Finding
}

/** Looks for a single request that affects the response, whichever of the two is sent first. */
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
      if (got === undefined || partner === undefined || !got.isWrong || !differ(got, alone)) continue
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
  const [expected, actual] = [described(alone), described(got)]
  return {
    kind: 'neighbour',
    message: `${what}, sent at the same time as ${others}: expected ${expected}, as in a separate request, got ${actual}.`,
    expected,
    actual,
    exchanges,
  }
}

/** Sends all requests at once, and then separately those whose responses are wrong or differed before. */
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
  const at = suspects.find((one) => answers[one]?.isWrong === true && differ(answers[one], alone.get(one)))
  if (at === undefined) return undefined
  // In reverse order, so that replicas that answer in turn do not answer the same requests again. On new connections, since
  // the responses may depend on the connection.
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

// A response that is missing, or an error of the server, may be due to the load alone, and new events to a thread that grows.
function differ(one: Answer | undefined, other: Answer | undefined): boolean {
  if (one === undefined || other === undefined) return false
  if (!wasAnswered(one.exchange) || !wasAnswered(other.exchange)) return false
  if (formOf(one) !== formOf(other)) return true
  const hasGrown = [one, other].some(({ events = [] }) => events.some(({ isNew }) => isNew))
  const [shorter = [], longer = []] = [one, other]
    .map(({ events = [] }) => events.filter(({ isNew }) => !isNew).map(({ id }) => id))
    .toSorted((a, b) => a.length - b.length)
  // New events take the place of others at the end of a page.
  return shorter.join() !== (hasGrown ? longer.slice(0, shorter.length) : longer).join()
}

function formOf({ exchange: { response, stream }, events }: Answer): string {
  return JSON.stringify([response?.status, stream !== undefined, events !== undefined])
}

function described({ exchange: { response, stream }, events }: Answer): string {
  if (stream !== undefined) return 'a stream'
  if (events === undefined)
    return response?.status === 200 ? '200 without a list' : `status ${response?.status}`
  const [first] = events
  if (first === undefined) return 'no events'
  return `${events.length} event${events.length === 1 ? '' : 's'}, the first ${first.id}`
}

// The threads may have been read wrongly too, so that a list of the other one looks right.
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
  { thread, sibling, stream }: ProbedThreads,
  thrifty: boolean,
): readonly Neighbour[] {
  const known = new Set([thread, sibling].flatMap((one) => one?.events.map(({ id }) => id) ?? []))
  const eventsOf = (page: Page | string, { threadId }: { readonly threadId: string }) =>
    typeof page === 'string'
      ? undefined
      : page.events.map(({ id = '(no id)', thread: label = threadId }) => ({
          id,
          isNew: label === threadId && !known.has(id),
        }))
  const listOf = (
    snapshot: ThreadSnapshot,
    [query, options]: ReturnType<typeof probedLists>[number],
  ): Neighbour => ({
    what:
      named(queryString(query, options.spelling)) +
      (snapshot === thread ? '' : ` of thread ${snapshot.threadId}`),
    async ask(fresh, way) {
      const list = await routeClient.list(snapshot, query, { ...options, fresh, ...way })
      return {
        exchange: list.exchange,
        isWrong: listViolation(list) !== undefined || isMislabelled(list),
        events: eventsOf(list.page, snapshot),
      }
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
      return { exchange, isWrong: isWrong(exchange), events: eventsOf(readPage(exchange), thread) }
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
  // Unlike requests are neighbours, since the client may not send all of them at once.
  return [anonymous, ...streams, ...lists.slice(0, 1), ...beside, ...lists.slice(1)]
}
