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

describe('runs of two catalogues say so, and what was compared', () => {
  const comparison = compareRuns(run(1, ['PAG-01']), run(2, ['PAG-01', 'PAG-15']))
  test.for([
    ['terminal', comparisonTerminal(comparison, createStyle(false))],
    ['markdown', comparisonMarkdown(comparison)],
  ] as const)('%s', ([, text]) => {
    const line = text.replace(/\s+/g, ' ').replaceAll('\\', '')
    expect(line).toContain('catalogue 1 (version 0.1.0) and catalogue 2 (version 0.2.0)')
    expect(line).toContain('on the one requirement in both')
    expect(line).toContain('in one run only: PAG-15')
  })
})

test('runs of one catalogue do not mention it', () => {
  const same = compareRuns(run(1, ['PAG-01']), run(1, ['PAG-01']))
  expect(comparisonTerminal(same, createStyle(false))).not.toContain('catalogue')
})

test('a change that may be due to other data says so, and latency as information', () => {
  const before = { ...run(1, ['PAG-01']), seed: 3, traffic: { latency_ms: { p50: 1, p90: 2, p99: 3 } } }
  const failing = before.requirements.map((one) => ({ ...one, verdict: 'fail' as const }))
  const comparison = compareRuns(before, { ...before, seed: 4, requirements: failing })
  for (const text of [comparisonTerminal(comparison, createStyle(false)), comparisonMarkdown(comparison)]) {
    expect(text.replace(/\s+/g, ' ')).toContain('Run again with --seed 3.')
    expect(text).toContain('p90 2 → 2 ms')
  }
  expect(comparisonMarkdown(compareRuns(before, { ...before, seed: 4 }))).not.toContain('--seed')
})

test('a baseline run with known failures ends with its exit code', () => {
  const before = run(1, ['PAG-01'])
  const failing = {
    ...before,
    requirements: before.requirements.map((one) => ({ ...one, verdict: 'fail' as const })),
  }
  const text = comparisonTerminal(compareRuns(failing, failing), createStyle(false), 80, 1)
  expect(text.replace(/\s+/g, ' ')).toContain(
    'No regression. 1 requirement still fails. The run still ends with exit code 1',
  )
})
