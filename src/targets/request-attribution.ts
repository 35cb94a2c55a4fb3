import { AsyncLocalStorage } from 'node:async_hooks'

const current = new AsyncLocalStorage<string>()

/** Does something on behalf of a requirement or an open question: what is asked meanwhile is asked for its sake. */
export function attributeRequests<T>(name: string, work: () => Promise<T>): Promise<T> {
  return current.run(name, work)
}

/** For whose sake each exchange was made; one that several shared has them all. */
export class RequestAttribution {
  readonly #names = new Map<number, Set<string>>()

  /** Notes that an exchange was asked for, or taken from the memory, by whom it is done for now. */
  note(exchange: number): void {
    const name = current.getStore()
    if (name === undefined) return
    const names = this.#names.get(exchange) ?? new Set()
    this.#names.set(exchange, names.add(name))
  }

  /** The names by exchange. */
  get all(): Readonly<Record<number, readonly string[]>> {
    return Object.fromEntries([...this.#names].map(([exchange, names]) => [exchange, [...names]]))
  }
}
