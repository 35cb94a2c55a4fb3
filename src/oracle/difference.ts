/** How two lists of ids differ: a `kind` that names the shape, and a sentence that describes it. */
export interface Difference {
  readonly kind: string
  readonly sentence: string
}

/**
 * Describes how the returned ids differ from the expected ones.
 * @returns `undefined` when they are the same.
 */
export function differenceOf(expected: readonly string[], actual: readonly string[]): Difference | undefined {
  if (sameIds(expected, actual)) return undefined
  const returned = new Set<string>()
  const repeated = actual.filter((id) => returned.size === returned.add(id).size)
  if (repeated.length > 0)
    return { kind: 'repeated', sentence: `${are(repeated, 'was', 'were')} returned more than once` }
  const wanted = new Set(expected)
  const missing = expected.filter((id) => !returned.has(id))
  const surplus = actual.filter((id) => !wanted.has(id))
  if (missing.length === 0 && surplus.length === 0) return orderDifference(expected, actual)
  if (actual.length === 0) return { kind: 'empty', sentence: `expected ${count(expected.length)}, got none` }
  if (expected.length === 0)
    return { kind: 'not-empty', sentence: `expected no events, got ${actual.length}` }
  if (missing.length === 0) return { kind: 'surplus', sentence: `${are(surplus)} unexpected` }
  if (surplus.length === 0) return { kind: 'missing', sentence: `${are(missing)} missing` }
  return {
    kind: 'other',
    sentence: `${are(missing)} missing, and ${are(surplus, 'was', 'were')} returned instead`,
  }
}

function orderDifference(expected: readonly string[], actual: readonly string[]): Difference {
  if (sameIds([...expected].reverse(), actual))
    return { kind: 'reversed', sentence: 'the events are in reverse order' }
  const at = expected.findIndex((id, index) => id !== actual[index])
  return { kind: 'order', sentence: `the events are in the wrong order from position ${at + 1} on` }
}

function sameIds(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, at) => id === b[at])
}

function are(ids: readonly string[], one = 'is', many = 'are'): string {
  const [first = ''] = ids
  return ids.length === 1 ? `${first} ${one}` : `${first} and ${ids.length - 1} more ${many}`
}

function count(events: number): string {
  return events === 1 ? '1 event' : `${events} events`
}
