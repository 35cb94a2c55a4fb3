import type { Entry } from './entry.ts'

/** Bytes of events that may wait for one slow reader before it is given up. */
export const maxQueuedBytes = 8 * 1024 * 1024

/** Events that arrived for one reader and that it has not taken yet. */
export class LiveQueue {
  /** True when the reader was given up because more than {@link maxQueuedBytes} waited for it. */
  overflowed = false
  #waiting: Entry[] = []
  #bytes = 0
  #closed = false
  #wake: (() => void) | undefined
  #leave: (() => void) | undefined

  /** What to do once when the queue is closed. */
  onClose(leave: () => void): void {
    this.#leave = leave
  }

  push(entries: readonly Entry[]): void {
    if (this.#closed) return
    for (const entry of entries) {
      this.#waiting.push(entry)
      this.#bytes += entry.size
    }
    if (this.#bytes > maxQueuedBytes) {
      this.overflowed = true
      this.close()
    }
    this.#wake?.()
  }

  /** Everything that waits, once something does; `undefined` when the queue was closed. */
  async take(): Promise<readonly Entry[] | undefined> {
    while (this.#waiting.length === 0 && !this.#closed)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    if (this.#closed) return undefined
    const taken = this.#waiting
    this.#waiting = []
    this.#bytes = 0
    return taken
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#leave?.()
    this.#waiting = []
    this.#wake?.()
  }
}
