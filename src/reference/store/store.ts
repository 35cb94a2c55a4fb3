import type { Ordering } from '../behaviour/ordering.ts'
import type { World, WorldSession } from '../world/world.ts'
import { Thread } from './thread.ts'

/** One session with its threads, by id and in the order given. */
export interface Session {
  readonly id: string
  readonly threads: ReadonlyMap<string, Thread>
}

/** All sessions of a server. They belong to the tenant of its active tokens. */
export class Store {
  #ordering: Ordering
  #sessions = new Map<string, Session>()

  constructor(world: World, ordering: Ordering) {
    this.#ordering = ordering
    for (const session of world.sessions) this.put(session)
  }

  get sessions(): ReadonlyMap<string, Session> {
    return this.#sessions
  }

  /** Bytes of all events as JSON. */
  get bytes(): number {
    const threads = [...this.#sessions.values()].flatMap((session) => [...session.threads.values()])
    return threads.reduce((sum, thread) => sum + thread.bytes, 0)
  }

  /** Makes the session with exactly these threads; one that was there is dismissed with its streams. */
  put(session: WorldSession): void {
    const threads = session.threads.map(({ id, events }): [string, Thread] => {
      const thread = new Thread(session.id, id, this.#ordering)
      thread.store(events)
      return [id, thread]
    })
    this.remove(session.id)
    this.#sessions.set(session.id, { id: session.id, threads: new Map(threads) })
  }

  /** Removes the session, if there is one, and ends its streams. */
  remove(id: string): void {
    for (const thread of this.#sessions.get(id)?.threads.values() ?? []) thread.dismiss()
    this.#sessions.delete(id)
  }

  /** A store with the same sessions, which changes on its own and has no readers. */
  copy(): Store {
    const copied = new Store({ version: 1, sessions: [] }, this.#ordering)
    for (const { id, threads } of this.#sessions.values())
      copied.#sessions.set(id, {
        id,
        threads: new Map([...threads].map(([threadId, thread]) => [threadId, thread.copy()])),
      })
    return copied
  }

  /** Ends every stream. */
  dismiss(): void {
    for (const session of this.#sessions.values())
      for (const thread of session.threads.values()) thread.dismiss()
  }
}
