/** One row of two aligned lists. A row with neither side marks rows that are left out. */
export interface AlignedRow {
  readonly left: string | undefined
  readonly right: string | undefined
  readonly same: boolean
}

const context = 2
const mostRows = 14

/** Aligns two lists of ids, with equal ids in one row, and leaves out equal rows far from any difference. */
export function alignIds(left: readonly string[], right: readonly string[]): AlignedRow[] {
  const rows = allRows(left, right)
  const near = (at: number) =>
    rows.slice(Math.max(0, at - context), at + context + 1).some(({ same }) => !same)
  const kept: AlignedRow[] = []
  for (const [at, row] of rows.entries()) {
    if (near(at) && kept.length < mostRows) kept.push(row)
    else if (kept.at(-1)?.left !== undefined || kept.at(-1)?.right !== undefined) kept.push(gap)
    else if (kept.length === 0) kept.push(gap)
  }
  return kept
}

const gap: AlignedRow = { left: undefined, right: undefined, same: true }

/**
 * Every row of two lists, aligned by their longest common subsequence. Time and memory grow with the product of both
 * lengths, so the lists should have at most a few hundred ids.
 */
export function allRows(left: readonly string[], right: readonly string[]): AlignedRow[] {
  const table: number[][] = Array.from({ length: left.length + 1 }, () =>
    new Array<number>(right.length + 1).fill(0),
  )
  const common = (i: number, j: number) => table[i]?.[j] ?? 0
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--) {
      const row = table[i]
      if (row === undefined) continue
      row[j] = left[i] === right[j] ? common(i + 1, j + 1) + 1 : Math.max(common(i + 1, j), common(i, j + 1))
    }
  const rows: AlignedRow[] = []
  let i = 0
  let j = 0
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      rows.push({ left: left[i], right: right[j], same: true })
      i += 1
      j += 1
    } else if (j >= right.length || (i < left.length && common(i + 1, j) >= common(i, j + 1))) {
      rows.push({ left: left[i], right: undefined, same: false })
      i += 1
    } else {
      rows.push({ left: undefined, right: right[j], same: false })
      j += 1
    }
  }
  return rows
}
