import { describe, expect, test } from 'vitest'
import { type ComparableRun, compareRuns } from './compare.ts'
import type { Verdict } from './outcome.ts'

function run(
  verdicts: Readonly<Record<string, Verdict>>,
  kinds: Readonly<Record<string, readonly string[]>> = {},
  catalogue = 1,
): ComparableRun {
  return {
    suite: { version: `0.${catalogue}.0`, catalogue },
    requirements: Object.entries(verdicts).map(([id, verdict]) => ({
      id,
      title: `title of ${id}`,
      level: 'MUST',
      verdict,
      findings: (kinds[id] ?? []).map((fingerprint) => ({ fingerprint, message: `seen ${fingerprint}` })),
    })),
    observations: [{ id: 'head', question: 'How is HEAD answered?', seen: kinds.head?.[0] ?? '200' }],
    traffic: { latency_ms: { p50: 1, p90: 2, p99: 3 } },
  }
}

const ids = (changes: readonly { readonly id: string }[]) => changes.map(({ id }) => id)

describe('compareRuns', () => {
  test('two equal runs differ in nothing', () => {
    const same = run({ A: 'pass', B: 'fail' }, { B: ['1'] })
    const comparison = compareRuns(same, same)
    expect(comparison.regression).toBe(false)
    expect([comparison.newly_failing, comparison.fixed, comparison.changed_evidence]).toEqual([[], [], []])
  })

  test('what failed and passes now is fixed, and no regression', () => {
    const comparison = compareRuns(run({ A: 'fail' }, { A: ['1'] }), run({ A: 'pass' }))
    expect(ids(comparison.fixed)).toEqual(['A'])
    expect(comparison.regression).toBe(false)
  })

  test.for(['pass', 'inconclusive', 'waived'] as const)(
    '%s before and failing now is a regression',
    (before) => {
      const comparison = compareRuns(run({ A: before }), run({ A: 'fail' }, { A: ['1'] }))
      expect(ids(comparison.newly_failing)).toEqual(['A'])
      expect(comparison.newly_failing[0]?.detail).toBe('seen 1')
      expect(comparison.regression).toBe(true)
    },
  )

  test('the same requirement failing in a new way is a regression', () => {
    const comparison = compareRuns(run({ A: 'fail' }, { A: ['1'] }), run({ A: 'fail' }, { A: ['1', '2'] }))
    expect(comparison.changed_evidence).toEqual([
      { id: 'A', title: 'title of A', appeared: ['seen 2'], gone: 0 },
    ])
    expect(comparison.regression).toBe(true)
  })

  test('one way of failing less is news, but no regression', () => {
    const comparison = compareRuns(run({ A: 'fail' }, { A: ['1', '2'] }), run({ A: 'fail' }, { A: ['1'] }))
    expect(comparison.changed_evidence[0]?.gone).toBe(1)
    expect(comparison.regression).toBe(false)
  })

  test('what could be judged and cannot now is named', () => {
    expect(ids(compareRuns(run({ A: 'pass' }), run({ A: 'inconclusive' })).newly_inconclusive)).toEqual(['A'])
  })

  test('runs of two catalogues are compared on the requirements that both have', () => {
    const before = run({ OLD: 'pass', A: 'pass', B: 'pass' })
    const now = run({ A: 'pass', B: 'fail', NEW: 'fail' }, { B: ['1'], NEW: ['1'] }, 2)
    const comparison = compareRuns(before, now)
    expect(comparison.suites).toEqual({
      before: { version: '0.1.0', catalogue: 1 },
      now: { version: '0.2.0', catalogue: 2 },
    })
    expect([comparison.compared, comparison.not_compared]).toEqual([2, ['OLD', 'NEW']])
    expect(ids(comparison.newly_failing)).toEqual(['B'])
  })

  test('a new requirement that fails is no regression of the target', () => {
    const now = run({ A: 'pass', NEW: 'fail' }, { NEW: ['1'] }, 2)
    expect(compareRuns(run({ A: 'pass' }), now).regression).toBe(false)
  })

  test('a changed observation is shown with both answers', () => {
    const comparison = compareRuns(run({}), run({}, { head: ['405'] }))
    expect(comparison.changed_observations).toEqual([
      { id: 'head', question: 'How is HEAD answered?', before: '200', now: '405' },
    ])
  })
})
