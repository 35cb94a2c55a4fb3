import type { JsonValue } from '../contract/json.ts'
import { standardOrdering } from '../reference/behaviour/ordering.ts'
import type { Behaviour, Override } from '../reference/behaviour.ts'
import { filledStore } from '../reference/in-process.ts'
import type { Store } from '../reference/store/store.ts'
import type { Differences } from './facets.ts'
import type { ObservedRequest, ObservedRun } from './observed-run.ts'
import type { AnswerReader } from './read-raw-answer.ts'
import { sizeOf } from './sample-requests.ts'

/**
 * The bound of all replays of a diagnosis, in events of the responses, where each request counts as some events: by
 * counts and not by time, so that the same record has the same diagnosis on any machine.
 */
const mostWork = 800_000
const workOfRequest = 10

/** Replays one run on many servers. Most of them start from one sorted store. */
export class ReplayEnvironment {
  readonly run: ObservedRun
  readonly reader: AnswerReader
  readonly #numbers = new Map<Override, number>()
  readonly #remembered = new Map<string, Promise<Differences>>()
  #sorted: Store | undefined
  #work = 0

  constructor(run: ObservedRun, reader: AnswerReader) {
    this.run = run
    this.reader = reader
  }

  /** The values that the answers name by number, those of replays too. */
  get values(): readonly JsonValue[] {
    return this.reader.values
  }

  /** Whether so much was replayed that what is still unexplained stays so. */
  get exhausted(): boolean {
    return this.#work > mostWork
  }

  /** Counts a replay of these requests. */
  spend(asked: readonly ObservedRequest[]): void {
    for (const { answer } of asked) this.#work += workOfRequest + sizeOf(answer)
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

  /**
   * A store of its own that holds what the target held. Some bugs remember pages or readers by thread, so that no two
   * replays may use the same threads.
   */
  storeFor(behaviour: Behaviour): Store {
    const { sortKey, compare, arrange } = behaviour
    const standard =
      sortKey === standardOrdering.sortKey &&
      compare === standardOrdering.compare &&
      arrange === standardOrdering.arrange
    if (!standard) return filledStore(this.run.world, behaviour)
    this.#sorted ??= filledStore(this.run.world, behaviour)
    return this.#sorted.copy()
  }
}
