/** An item of a sequence that can be replaced by one that does less. */
interface Simplifiable<T> {
  simpler(): readonly T[]
}

/** A sequence that fails, and how. */
interface Failing<T, Failure> {
  readonly value: readonly T[]
  readonly failure: Failure
}

/**
 * Looks for the shortest sequence that still fails: leaves out items, then replaces them by simpler ones.
 * @param failureOf tries a sequence; nothing where it does not fail
 * @param mostTries how many sequences are tried
 */
export async function shortestFailure<T extends Simplifiable<T>, Failure>(
  start: Failing<T, Failure>,
  failureOf: (value: readonly T[]) => Promise<Failure | undefined>,
  mostTries: number,
): Promise<Failing<T, Failure>> {
  let best = start
  let tries = 0
  for (let improved = true; improved; ) {
    improved = false
    for (const value of candidates(best.value)) {
      if (tries >= mostTries) return best
      tries += 1
      const failure = await failureOf(value)
      if (failure === undefined) continue
      best = { value, failure }
      improved = true
      break
    }
  }
  return best
}

// Large pieces first: most of a long sequence has nothing to do with the failure.
function* candidates<T extends Simplifiable<T>>(items: readonly T[]): Generator<readonly T[]> {
  for (let size = Math.ceil(items.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let end = items.length; end > 0; end -= size)
      yield [...items.slice(0, Math.max(0, end - size)), ...items.slice(end)]
  for (const [at, item] of items.entries())
    for (const simpler of item.simpler()) yield items.with(at, simpler)
}
