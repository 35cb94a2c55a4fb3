import fc from 'fast-check'

/** How far an event lies from the one before, in nanoseconds: often nothing at all, often less than a millisecond. */
const gaps = [
  0n,
  0n,
  0n,
  1n,
  1n,
  100n,
  1_000n,
  999_999n,
  1_000_000n,
  7_000_000n,
  1_000_000_000n,
  2_000_000_000n,
  3_600_000_000_000n,
]

/**
 * Times around which clocks go wrong, in seconds since 1970 and in order: a plain day, the last second of a year, of
 * a leap day's eve, of a leap day, of another year, and of what fits into 32 bits.
 */
const starts = [
  1_781_510_400n,
  1_798_761_599n,
  1_835_395_199n,
  1_835_481_599n,
  1_861_919_999n,
  2_147_483_647n,
]
/** The ends of a year and of a leap day begin a timeline twice as often: few events of others get across them. */
const often = [1_798_761_599n, 1_835_481_599n]
const second = 1_000_000_000n

const zones = [0, 0, 0, 330, -210, 840, -720, 480]
const grains = [1_000_000_000n, 1_000_000n, 1_000n, 1n] as const

/** How one event's time follows from the one before, and how it is written. */
export interface TimestampSketch {
  readonly gap: bigint
  /** Whether it lies at the next of the times around which clocks go wrong. */
  readonly leap: boolean
  readonly zone: number
  readonly digits: number
}

/** Where a timeline begins, in nanoseconds since 1970. */
export const startInstant: fc.Arbitrary<bigint> = fc
  .tuple(fc.constantFrom(...starts, ...often), fc.constantFrom(0n, 999_999_999n, 123_456_789n))
  .map(([seconds, fraction]) => seconds * second + fraction)

export const timestampSketch: fc.Arbitrary<TimestampSketch> = fc.record({
  gap: fc.constantFrom(...gaps),
  leap: fc.integer({ min: 0, max: 19 }).map((draw) => draw === 0),
  zone: fc.constantFrom(...zones),
  digits: fc.constantFrom(0, 3, 6, 9),
})

/** When an event happens, given the one before it. */
export function nextInstant(instant: bigint, { gap, leap }: Pick<TimestampSketch, 'gap' | 'leap'>): bigint {
  const next = leap ? starts.find((seconds) => seconds * second > instant) : undefined
  return next === undefined ? instant + gap : next * second
}

/** An instant as RFC 3339 writes it, with at least the digits that it needs. */
export function formatTimestamp(
  instant: bigint,
  { zone, digits }: Pick<TimestampSketch, 'zone' | 'digits'>,
): string {
  const needed = 3 * grains.findIndex((grain) => instant % grain === 0n)
  const seconds = Number(instant / grains[0]) + zone * 60
  const base = new Date(seconds * 1_000).toISOString().slice(0, 19)
  const shown = Math.max(needed, digits)
  const fraction = (instant % grains[0]).toString().padStart(9, '0').slice(0, shown)
  return `${base}${shown === 0 ? '' : `.${fraction}`}${zoneText(zone)}`
}

function zoneText(minutes: number): string {
  if (minutes === 0) return 'Z'
  const size = Math.abs(minutes)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}
