import type { JsonValue } from '../contract/json.ts'
import { standardOrdering } from '../reference/behaviour/ordering.ts'
import type { Behaviour, Override } from '../reference/behaviour.ts'
import { filledStore } from '../reference/in-process.ts'
import type { Store } from '../reference/store/store.ts'
import type { Differences } from './facets.ts'
import type { ObservedRequest, ObservedRun } from './observed-run.ts'
import type { AnswerReader } from './read-raw-answer.ts'

/** Replays one run on many servers. Most of them can share one sorted store. */
export class ReplayEnvironment {
  readonly run: ObservedRun
  readonly reader: AnswerReader
  readonly #made: readonly string[]
  readonly #numbers = new Map<Override, number>()
  readonly #remembered = new Map<string, Promise<Differences>>()
  #shared: Store | undefined
  #size = 0

  constructor(run: ObservedRun, reader: AnswerReader) {
    this.run = run
    this.reader = reader
    this.#made = [
      ...new Set(run.setupActions.flatMap((action) => (action.did === 'put' ? [action.session.id] : []))),
    ]
  }

  /** The values that the answers name by number, those of replays too. */
  get values(): readonly JsonValue[] {
    return this.reader.values
  }

  /** The differences of a server with these overrides, computed once for the same requests. */
  remembered(
    bugs: readonly { readonly override: Override }[],
    asked: readonly ObservedRequest[],
    find: () => Promise<Differences>,
  ): Promise<Differences> {
    const server = bugs.map(({ override }) => this.#numberOf(override)).join()
    const key = `${server}:${asked.map(({ exchange }) => exchange.id).join()}`
    const known = this.#remembered.get(key) ?? find()
    this.#remembered.set(key, known)
    return known
  }

  #numberOf(override: Override): number {
    const number = this.#numbers.get(override) ?? this.#numbers.size
    this.#numbers.set(override, number)
    return number
  }

  /** A store that holds what the target held of its own. Only one server may use what this gives at a time. */
  storeFor(behaviour: Behaviour): Store {
    const { sortKey, compare, arrange } = behaviour
    const standard =
      sortKey === standardOrdering.sortKey &&
      compare === standardOrdering.compare &&
      arrange === standardOrdering.arrange
    if (!standard) return filledStore(this.run.world, behaviour)
    for (const id of this.#made) this.#shared?.remove(id)
    // A broken server may write when it is asked.
    if (this.#shared === undefined || sizeOf(this.#shared) !== this.#size) {
      this.#shared = filledStore(this.run.world, behaviour)
      this.#size = sizeOf(this.#shared)
    }
    return this.#shared
  }
}

function sizeOf(store: Store): number {
  let size = store.sessions.size
  for (const { threads } of store.sessions.values())
    for (const thread of threads.values()) size += thread.inserted.length
  return size
}
