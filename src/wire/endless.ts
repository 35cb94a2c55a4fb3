import type { SendResult } from './send.ts'

/** How long a body is waited for where none has ever ended. */
const shortMs = 1_000

/** So many bodies of a kind have to pass the configured deadline before it is shortened for the kind. */
const enough = 2

/** Remembers which kinds of answers have a body that never ends, so that they cost their deadline twice at most. */
export class EndlessBodies {
  readonly #ended = new Set<string>()
  readonly #endless = new Map<string, number>()

  /** How long a body of this kind may take: short where one never ended, and none ever did. */
  patienceMs(kind: string, timeoutMs: number): number {
    const never = (this.#endless.get(kind) ?? 0) >= enough && !this.#ended.has(kind)
    return never ? Math.min(timeoutMs, shortMs) : timeoutMs
  }

  /** Learns from an answer of this kind. */
  learn(kind: string, { incoming, failure, stream }: SendResult): void {
    if (incoming === undefined || stream !== undefined) return
    if (failure === undefined) this.#ended.add(kind)
    else if (failure.kind === 'timeout') this.#endless.set(kind, (this.#endless.get(kind) ?? 0) + 1)
  }
}
