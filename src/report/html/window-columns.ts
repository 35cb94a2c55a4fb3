import { allRows } from '../align.ts'

/** One place of two aligned lists. `gap` is the number of places that are left out there. */
export interface WindowColumn {
  readonly expected: string | undefined
  readonly got: string | undefined
  readonly difference: string
  readonly gap: number
}

const context = 2
const mostColumns = 11

/**
 * Aligns two lists of ids: an unexpected record is placed below the missing one that it replaces. Equal records far from
 * any difference, and everything beyond the limit, are left out and counted.
 */
export function windowColumns(expected: readonly string[], actual: readonly string[]): WindowColumn[] {
  const columns = paired(expected, actual)
  const near = (at: number) =>
    columns.slice(Math.max(0, at - context), at + context + 1).some(({ difference }) => difference !== '')
  const kept: WindowColumn[] = []
  for (const [at, column] of columns.entries()) {
    if (near(at) && kept.length < mostColumns) kept.push(column)
    else kept.push({ ...nothing, gap: 1 + (takeGap(kept)?.gap ?? 0) })
  }
  return kept
}

const nothing = { expected: undefined, got: undefined, difference: '' }

function takeGap(columns: WindowColumn[]): WindowColumn | undefined {
  return (columns.at(-1)?.gap ?? 0) > 0 ? columns.pop() : undefined
}

function paired(expected: readonly string[], actual: readonly string[]): WindowColumn[] {
  const [wanted, returned] = [new Set(expected), new Set(actual)]
  const lost = (id: string) => (returned.has(id) ? '↔ moved' : '− missing')
  const surplus = (id: string) =>
    !wanted.has(id) ? '+ extra' : actual.indexOf(id) === actual.lastIndexOf(id) ? '↔ moved' : '+ repeated'
  const columns: WindowColumn[] = []
  const missing: string[] = []
  const extra: string[] = []
  const flush = () => {
    for (let at = 0; at < Math.max(missing.length, extra.length); at++) {
      const [left, right] = [missing[at], extra[at]]
      const fates = [
        ...new Set([left === undefined ? '' : lost(left), right === undefined ? '' : surplus(right)]),
      ].filter((fate) => fate !== '')
      const difference = fates.join(' ') === '− missing + extra' ? '≠ replaced' : fates.join(', ')
      columns.push({ expected: left, got: right, difference, gap: 0 })
    }
    missing.length = 0
    extra.length = 0
  }
  for (const { left, right, same } of allRows(expected, actual)) {
    if (same) {
      flush()
      columns.push({ expected: left, got: right, difference: '', gap: 0 })
    } else {
      if (left !== undefined) missing.push(left)
      if (right !== undefined) extra.push(right)
    }
  }
  flush()
  return columns
}
