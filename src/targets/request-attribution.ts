import { AsyncLocalStorage } from 'node:async_hooks'
import type { RequestRank } from '../wire/request-limiter.ts'

interface Cause {
  readonly name: string
  /** The rank of each request of this name, by its number from 1. */
  readonly rankOf: ((number: number) => number) | undefined
  asked: number
}

const current = new AsyncLocalStorage<Cause>()

/**
 * Does something on behalf of a requirement or an open question: requests made meanwhile are attributed to it.
 * @param rankOf how early each of its requests goes out, by its number from 1
 */
export function attributeRequests<T>(
  name: string,
  work: () => Promise<T>,
  rankOf?: (number: number) => number,
): Promise<T> {
  return current.run({ name, rankOf, asked: 0 }, work)
}

/** A request's place among those of the same name, and how early it goes out. */
export interface RequestTurn extends RequestRank {
  /** For example `PAG-03 2`: its second request. */
  readonly question: string
}

/** The turn of the request that is about to be made; nothing if no requirement causes it. */
export function nextTurn(): RequestTurn | undefined {
  const cause = current.getStore()
  if (cause === undefined) return undefined
  cause.asked += 1
  return { value: cause.rankOf?.(cause.asked) ?? -1, question: `${cause.name} ${cause.asked}` }
}

/** The requirements and observations that caused each exchange; a shared exchange has several. */
export class RequestAttribution {
  readonly #names = new Map<number, Set<string>>()
  readonly #questions = new Map<number, string[]>()

  /** Notes that the current requirement requested an exchange, or reused one. */
  note(exchange: number, turn?: RequestTurn): void {
    const name = current.getStore()?.name
    if (name === undefined) return
    const names = this.#names.get(exchange) ?? new Set()
    this.#names.set(exchange, names.add(name))
    if (turn !== undefined)
      this.#questions.set(exchange, [...(this.#questions.get(exchange) ?? []), turn.question])
  }

  /** The questions that each exchange answered, each named by its check and its number there. */
  get questions(): Readonly<Record<number, readonly string[]>> {
    return Object.fromEntries(this.#questions)
  }

  /** The names by exchange. */
  get all(): Readonly<Record<number, readonly string[]>> {
    return Object.fromEntries([...this.#names].map(([exchange, names]) => [exchange, [...names]]))
  }
}
