/** The middle one of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** How long something takes, in milliseconds. */
export async function timed(run: () => unknown): Promise<number> {
  const began = performance.now()
  await run()
  return performance.now() - began
}

/** Two ways measured in turns: medians in milliseconds, and the median of each round's ratio of `ours` to `bare`. */
export interface SideBySide {
  readonly ours: number
  readonly bare: number
  readonly ratio: number
}

/**
 * Measures two ways of doing one thing, in turns, so that a busy machine weighs on both. A first round warms both
 * up and does not count.
 */
export async function sideBySide(
  rounds: number,
  ours: () => Promise<unknown>,
  bare: () => Promise<unknown>,
): Promise<SideBySide> {
  await ours()
  await bare()
  const pairs: { ours: number; bare: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const first = round % 2 === 0
    const early = await timed(first ? ours : bare)
    const late = await timed(first ? bare : ours)
    pairs.push(first ? { ours: early, bare: late } : { ours: late, bare: early })
  }
  return {
    ours: median(pairs.map((pair) => pair.ours)),
    bare: median(pairs.map((pair) => pair.bare)),
    ratio: median(pairs.map((pair) => pair.ours / pair.bare)),
  }
}
