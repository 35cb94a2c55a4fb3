import type { SendResult } from './send.ts'

/** How long a body is waited for where none has ever ended. */
const shortMs = 1_000

/** Remembers which kinds of answers have a body that never ends, so that they cost their deadline once. */
export class EndlessBodies {
  readonly #ended = new Set<string>()
  readonly #endless = new Set<string>()

  /** How long a body of this kind may take: short where one never ended, and none ever did. */
  patienceMs(kind: string, timeoutMs: number): number {
    return this.#endless.has(kind) && !this.#ended.has(kind) ? Math.min(timeoutMs, shortMs) : timeoutMs
  }

  /** Learns from an answer of this kind. */
  learn(kind: string, { incoming, failure, stream }: SendResult): void {
    if (incoming === undefined || stream !== undefined) return
    if (failure === undefined) this.#ended.add(kind)
    else if (failure.kind === 'timeout') this.#endless.add(kind)
  }
}
