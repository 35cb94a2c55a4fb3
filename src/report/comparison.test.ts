import { describe, expect, test } from 'vitest'
import { compareRuns } from '../verdict/compare.ts'
import { comparisonMarkdown, comparisonTerminal } from './comparison.ts'
import { createStyle } from './style.ts'

function run(catalogue: number, ids: readonly string[]) {
  return {
    suite: { version: `0.${catalogue}.0`, catalogue },
    requirements: ids.map((id) => ({ id, title: id, level: 'MUST', verdict: 'pass' as const })),
    observations: [],
    traffic: { latency_ms: null },
  }
}

describe('runs of two catalogues say so, with what was compared and what was not', () => {
  const comparison = compareRuns(run(1, ['PAG-01']), run(2, ['PAG-01', 'PAG-15']))
  test.for([
    ['terminal', comparisonTerminal(comparison, createStyle(false))],
    ['markdown', comparisonMarkdown(comparison)],
  ] as const)('%s', ([, text]) => {
    const line = text.replace(/\s+/g, ' ').replaceAll('\\', '')
    expect(line).toContain('catalogue 1 (version 0.1.0) and catalogue 2 (version 0.2.0)')
    expect(line).toContain('on what both have: one requirement')
    expect(line).toContain('in one run alone: PAG-15')
  })
})

test('runs of one catalogue say nothing of it', () => {
  const same = compareRuns(run(1, ['PAG-01']), run(1, ['PAG-01']))
  expect(comparisonTerminal(same, createStyle(false))).not.toContain('catalogue')
})
