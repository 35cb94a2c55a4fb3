const before = 3
const after = 9

/**
 * The part of two long lists of ids around their first difference. Ids that are in the second part only because
 * it reaches further are left out.
 */
export function diffContext(
  expected: readonly string[],
  actual: readonly string[],
  at: number,
): { expected: string[]; actual: string[] } {
  const from = Math.max(0, at - before)
  const shown = expected.slice(from, at + after)
  const due = new Set(expected)
  const inPart = new Set(shown)
  return {
    expected: shown,
    actual: actual.slice(from, at + after).filter((id) => inPart.has(id) || !due.has(id)),
  }
}
