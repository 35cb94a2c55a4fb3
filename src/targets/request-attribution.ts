import { AsyncLocalStorage } from 'node:async_hooks'
import type { RequestRank } from '../wire/request-limiter.ts'

/**
 * How early a request goes out, by its label: `2` for the second request of a check, `3.1` for the first page of a
 * traversal that is its third.
 */
export type RankOf = (label: string) => number

interface Cause {
  readonly name: string
  readonly rankOf: RankOf | undefined
  /** What the labels of its requests begin with. */
  readonly prefix: string
  /** Whether its requests decide about a response that looks wrong. */
  readonly isFollowUp: boolean
  /** The request that covered several cases, where these are the requests of the cases. */
  readonly screenedBy?: string
  /** How many of its requests, chains and screens have a label so far. */
  labelled: number
}

const current = new AsyncLocalStorage<Cause | undefined>()

/**
 * Does something on behalf of a requirement or an open question: requests made meanwhile are attributed to it.
 * @param rankOf how early each of its requests goes out
 */
export function attributeRequests<T>(name: string, work: () => Promise<T>, rankOf?: RankOf): Promise<T> {
  return current.run({ name, rankOf, prefix: '', isFollowUp: false, labelled: 0 }, work)
}

/** Makes requests on behalf of no requirement, whatever made them necessary. They go out before all others. */
export function withoutAttribution<T>(work: () => Promise<T>): Promise<T> {
  return current.run(undefined, work)
}

/**
 * Makes requests that depend on each other, such as the pages of a traversal. They are labelled `3.1`, `3.2`, and so on,
 * so that the labels of all other requests do not depend on how many there are, or on when they are answered.
 */
export function chainRequests<T>(work: () => Promise<T>): Promise<T> {
  const cause = current.getStore()
  if (cause === undefined || cause.isFollowUp) return work()
  cause.labelled += 1
  return current.run({ ...cause, prefix: `${cause.prefix}${cause.labelled}.`, labelled: 0 }, work)
}

/**
 * Makes requests that decide whether a response that looks wrong is a finding, and of which requirement. They go out
 * before all others, since without them the response is not judged. They have no labels, because a correct server causes
 * none of them.
 */
export function followUp<T>(work: () => Promise<T>): Promise<T> {
  const cause = current.getStore()
  return cause === undefined || cause.isFollowUp ? work() : current.run({ ...cause, isFollowUp: true }, work)
}

/**
 * Sends one request that covers several cases, labelled `3s1`, or a few at the same time. If a response looks wrong, the
 * requests of these cases go out before all others.
 * @param ask sends them, and resolves to whether a response looks wrong
 * @param each sends the requests of the cases
 */
export async function screenRequests(
  ask: () => Promise<boolean>,
  each: () => Promise<unknown>,
): Promise<void> {
  const cause = current.getStore()
  if (cause === undefined || cause.isFollowUp) return
  cause.labelled += 1
  const prefix = `${cause.prefix}${cause.labelled}s`
  if (!(await current.run({ ...cause, prefix, labelled: 0 }, ask))) return
  await current.run({ ...cause, isFollowUp: true, screenedBy: `${cause.name} ${prefix}1` }, each)
}

/** A request's place among those of the same name, and how early it goes out. */
export interface RequestTurn extends RequestRank {
  /** The check and the label, for example `PAG-03 2`. A follow-up has none, or that of the request that screened for it. */
  readonly question: string | undefined
}

/** The turn of the request that is about to be made; nothing if no requirement causes it. */
export function nextTurn(): RequestTurn | undefined {
  const cause = current.getStore()
  if (cause === undefined) return undefined
  if (cause.isFollowUp) return { value: -1, question: cause.screenedBy }
  cause.labelled += 1
  const label = `${cause.prefix}${cause.labelled}`
  return { value: cause.rankOf?.(label) ?? -1, question: `${cause.name} ${label}` }
}

/** The requirements and observations that caused each exchange; a shared exchange has several. */
export class RequestAttribution {
  readonly #names = new Map<number, Set<string>>()
  readonly #questions = new Map<number, Set<string>>()

  /** Notes that the current requirement requested an exchange, or reused one. */
  note(exchange: number, turn?: RequestTurn): void {
    const name = current.getStore()?.name
    if (name === undefined) return
    const names = this.#names.get(exchange) ?? new Set()
    this.#names.set(exchange, names.add(name))
    if (turn?.question === undefined) return
    const questions = this.#questions.get(exchange) ?? new Set()
    this.#questions.set(exchange, questions.add(turn.question))
  }

  /** The check and label of each request that an exchange answered; a shared exchange answers several. */
  get questions(): Readonly<Record<number, readonly string[]>> {
    return Object.fromEntries([...this.#questions].map(([exchange, asked]) => [exchange, [...asked]]))
  }

  /** The names by exchange. */
  get all(): Readonly<Record<number, readonly string[]>> {
    return Object.fromEntries([...this.#names].map(([exchange, names]) => [exchange, [...names]]))
  }
}
