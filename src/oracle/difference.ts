/** How two lists of ids differ: a `kind` that names the shape, and a sentence that tells it. */
export interface Difference {
  readonly kind: string
  readonly sentence: string
}

/**
 * Explains how the ids that came differ from those that had to come.
 * @returns `undefined` when they are the same.
 */
export function differenceOf(expected: readonly string[], actual: readonly string[]): Difference | undefined {
  if (sameIds(expected, actual)) return undefined
  const came = new Set<string>()
  const repeated = actual.filter((id) => came.size === came.add(id).size)
  if (repeated.length > 0) return { kind: 'repeated', sentence: `${named(repeated)} came more than once` }
  const due = new Set(expected)
  const missing = expected.filter((id) => !came.has(id))
  const surplus = actual.filter((id) => !due.has(id))
  if (missing.length === 0 && surplus.length === 0) return orderDifference(expected, actual)
  if (actual.length === 0) return { kind: 'empty', sentence: `nothing came instead of ${count(expected)}` }
  if (expected.length === 0) return { kind: 'not-empty', sentence: `${count(actual)} came instead of none` }
  if (missing.length === 0) return { kind: 'surplus', sentence: `${named(surplus)} came in addition` }
  if (surplus.length === 0) return { kind: 'missing', sentence: `${named(missing)} did not come` }
  return {
    kind: 'other',
    sentence: `${named(missing)} did not come, and ${named(surplus)} came instead`,
  }
}

function orderDifference(expected: readonly string[], actual: readonly string[]): Difference {
  if (sameIds([...expected].reverse(), actual))
    return { kind: 'reversed', sentence: 'the right records came in the opposite order' }
  const at = expected.findIndex((id, index) => id !== actual[index])
  return { kind: 'order', sentence: `the right records came in another order, from record ${at + 1} on` }
}

function sameIds(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, at) => id === b[at])
}

function named(ids: readonly string[]): string {
  const [first = ''] = ids
  return ids.length === 1 ? first : `${first} and ${ids.length - 1} more`
}

function count(ids: readonly string[]): string {
  return ids.length === 1 ? 'one record' : `${ids.length} records`
}
