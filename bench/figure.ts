/** One line of a figure: what was measured, and what came of it, as text with its unit. */
export interface Row {
  readonly what: string
  readonly value: string
}

/** Something that is to stay below a bound, and whether it does. */
export interface BenchTarget {
  readonly what: string
  readonly bound: string
  readonly value: string
  readonly met: boolean
}

/** One figure of the bench. */
export interface Figure {
  readonly title: string
  /** How it was measured, in a sentence or two. */
  readonly how: string
  readonly rows: readonly Row[]
  readonly targets: readonly BenchTarget[]
}

/** Milliseconds as a reader likes them. */
export function ms(value: number): string {
  return value < 1_000 ? `${value.toPrecision(3)} ms` : `${(value / 1_000).toFixed(2)} s`
}

/** A ratio, as `1.23 times`. */
export function times(value: number): string {
  return `${value.toFixed(2)} times`
}

/** Bytes in megabytes of a million. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** A count with its thousands apart. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-GB')
}
