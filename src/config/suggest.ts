import { closest, distance } from 'fastest-levenshtein'

/**
 * The hint at the end of an error about an unknown name.
 * @returns ` Did you mean X?`, or an empty string if no name is similar
 */
export function suggestion(wrong: string, names: readonly string[]): string {
  const found = similarName(wrong, names)
  return found === undefined ? '' : ` Did you mean ${found}?`
}

/** The name that was most likely meant. */
export function similarName(wrong: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined
  const sameCase = names.find((name) => name.toLowerCase() === wrong.toLowerCase())
  if (sameCase !== undefined) return sameCase
  const best = closest(wrong, [...names])
  const near = distance(wrong, best) <= Math.max(2, Math.floor(wrong.length / 3))
  if (near) return best
  // A long name is often given by its first words.
  return wrong.length < 4 ? undefined : names.find((name) => name.startsWith(wrong))
}
