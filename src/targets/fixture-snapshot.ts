import type { KnownEvent } from '../oracle/event.ts'
import { ThreadSnapshot } from './thread-snapshot.ts'

/** A thread of the suite's own making: nothing has to be read to know its events, and nobody else adds any. */
export class FixtureSnapshot extends ThreadSnapshot {
  #made: readonly KnownEvent[]

  constructor(place: { sessionId: string; threadId: string }, events: readonly KnownEvent[]) {
    super(place, events.length, () => Promise.resolve('a made thread is not read'))
    this.#made = events
  }

  override get events(): readonly KnownEvent[] {
    return this.#made
  }

  override get complete(): boolean {
    return true
  }

  /** Takes the events as the target shows them: its order among equal times, and its spelling of them. */
  adopt(events: readonly KnownEvent[]): void {
    this.#made = events
  }

  override refresh(): Promise<boolean> {
    return Promise.resolve(false)
  }
}
