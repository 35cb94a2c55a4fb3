import fc from 'fast-check'

/** How an id comes about: of its own, or as the twin of an earlier one that careless comparison takes for it. */
const shapes = [
  'long',
  'long',
  'long',
  'short',
  'longer',
  'shorter',
  'cased',
  'zeros',
  'hyphen',
  'underscore',
] as const

export interface IdSketch {
  readonly shape: (typeof shapes)[number]
  /** Which of the earlier ids a twin is of. */
  readonly of: number
  readonly salt: bigint
}

export const idSketch: fc.Arbitrary<IdSketch> = fc.record({
  shape: fc.constantFrom(...shapes),
  of: fc.nat(),
  // Drawn evenly: a target may hold several worlds at once, and no two of them may share an id.
  salt: fc.noBias(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n })),
})

/**
 * Ids from sketches, each its own: in no order, of differing length, some the beginning of another, some equal to
 * another but for case, leading zeros or punctuation.
 * @param prefix what an id of this kind begins with
 * @param taken ids that exist already; the new ones are added
 */
export function idsFrom(prefix: string, sketches: readonly IdSketch[], taken: Set<string>): string[] {
  const earlier: string[] = []
  return sketches.map((sketch) => {
    const twin = earlier[sketch.of % Math.max(1, earlier.length)]
    let body = bodyOf(sketch, twin)
    // Drawn numbers may be small, and may repeat.
    while (taken.has(prefix + body)) body += (sketch.salt % 36n).toString(36) + earlier.length.toString(36)
    taken.add(prefix + body)
    earlier.push(body)
    return prefix + body
  })
}

function bodyOf({ shape, salt }: IdSketch, twin: string | undefined): string {
  const own = salt.toString(16).padStart(32, '0')
  if (shape === 'long' || twin === undefined) return own
  if (shape === 'short') return own.slice(-16)
  if (shape === 'longer') return `${twin}${own.slice(-1)}`.slice(0, 64)
  if (shape === 'shorter') return twin.length > 8 ? twin.slice(0, -1) : own
  if (shape === 'cased') return otherCase(twin)
  if (shape === 'zeros') return `0${twin}`.slice(0, 64)
  // Of two that differ in their sign alone, one is a pattern that the other fits.
  if (/[-_]/.test(twin)) return twin.replace(/[-_]/, (sign) => (sign === '-' ? '_' : '-'))
  const sign = shape === 'hyphen' ? '-' : '_'
  return `${twin.slice(0, 6)}${sign}${twin.slice(6, 63)}`
}

function otherCase(text: string): string {
  const lower = text.toLowerCase()
  return lower === text ? text.toUpperCase() : lower
}
