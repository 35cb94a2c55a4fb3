import type { Random } from './random.ts'

const second = 1_000_000_000n
/** 2026-06-15T08:00:00Z in nanoseconds since 1970. */
const start = 1_781_510_400n * second
const grains = [second, 1_000_000n, 1_000n, 1n] as const
/** The ways to write UTC. */
const zones = ['Z', 'Z', 'Z', '+00:00', '+00:00'] as const

/** Positions at which runs of equal timestamps begin, with their length: around the page ends 20 and 100 too. */
const runs = new Map([
  [2, 2],
  [17, 6],
  [40, 5],
  [60, 3],
  [96, 8],
  [150, 4],
])

/**
 * Instants for `count` events of one thread, in nanoseconds since 1970, never falling.
 * Some are equal, some a nanosecond apart, most between a millisecond and some seconds.
 */
export function timeline(random: Random, count: number): bigint[] {
  const instants: bigint[] = []
  let now = start
  let equal = 0
  for (let at = 0; at < count; at++) {
    if (equal > 0) equal -= 1
    else if (at > 0) now = later(random, now)
    equal = Math.max(equal, (runs.get(at) ?? 1) - 1)
    instants.push(now)
  }
  return instants
}

function later(random: Random, now: bigint): bigint {
  if (random.oneIn(6)) return now + 1n
  if (random.oneIn(12)) return now
  const grain = random.pick(grains)
  const next = now + BigInt(1 + random.below(9_000)) * 1_000_000n
  return (next / grain) * grain + grain
}

/**
 * The instants of a thread that goes on at the same time as another: many fall between its events, some on
 * the very same nanosecond.
 */
export function interleaved(random: Random, other: readonly bigint[], count: number): bigint[] {
  return Array.from({ length: count }, (_, at) => {
    const beside = other[Math.floor((at * other.length) / count)] ?? start
    return at > 0 && random.oneIn(3) ? beside + 1n : beside
  }).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

/** One of the RFC 3339 spellings of an instant in UTC: with `Z` or `+00:00`, with 0, 3, 6 or 9 fraction digits. */
export function formatInstant(random: Random, instant: bigint): string {
  const needed = grains.findIndex((grain) => instant % grain === 0n)
  const digits = 3 * (needed + random.below(4 - needed))
  const zone = random.pick(zones)
  const base = new Date(Number(instant / second) * 1_000).toISOString().slice(0, 19)
  const fraction = (instant % second).toString().padStart(9, '0').slice(0, digits)
  return `${base}${digits === 0 ? '' : `.${fraction}`}${zone}`
}
