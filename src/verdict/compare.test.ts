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

  test('reports that the runs generated different data', () => {
    const one = { ...run({ A: 'pass' }), seed: 1 }
    expect(compareRuns(one, { ...one, seed: 2 }).seeds).toEqual({ before: 1, now: 2 })
    expect(compareRuns(one, one).seeds).toBeUndefined()
    expect(compareRuns(run({ A: 'pass' }), one).seeds).toBeUndefined()
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
    expect(ids(compareRuns(run({ A: 'pass' }), run({ A: 'inconclusive' })).lost_coverage)).toEqual(['A'])
  })

  const blocked = (last_judged?: 'pass' | 'fail'): ComparableRun => {
    const open = run({ A: 'inconclusive' })
    const requirements = open.requirements.map((one) => ({
      ...one,
      blocked_by: ['B'],
      ...(last_judged === undefined ? {} : { last_judged }),
    }))
    return { ...open, requirements }
  }

  test('pass, then blocked is lost coverage and no regression', () => {
    const comparison = compareRuns(run({ A: 'pass' }), blocked('pass'))
    expect(comparison.lost_coverage).toMatchObject([{ id: 'A', before: 'pass', now: 'blocked' }])
    expect(comparison.regression).toBe(false)
    expect(comparison.sentence).toBe('No regression. 1 requirement judged before is not judged now.')
  })

  test('pass, then blocked, then fail is a regression', () => {
    const comparison = compareRuns(blocked('pass'), run({ A: 'fail' }, { A: ['1'] }))
    expect(comparison.regression).toBe(true)
    expect(comparison.sentence).toBe('Regression: 1 requirement newly fails.')
  })

  test('fail, then blocked, then fail is not a regression', () => {
    const comparison = compareRuns(blocked('fail'), run({ A: 'fail' }, { A: ['1'] }))
    expect([comparison.regression, comparison.newly_failing]).toEqual([false, []])
    expect(comparison.sentence).toBe('No regression. 1 requirement still fails.')
  })

  test('fail, then blocked, then pass is fixed', () => {
    expect(ids(compareRuns(blocked('fail'), run({ A: 'pass' })).fixed)).toEqual(['A'])
  })

  test('counts the states of both runs, and names other targets', () => {
    const at = (base_url: string, one: ComparableRun) => ({ ...one, target: { base_url } })
    const comparison = compareRuns(at('http://a', run({ A: 'pass' })), at('http://b', blocked()))
    expect(comparison.counts.before).toEqual({ pass: 1, fail: 0, waived: 0, blocked: 0, not_judged: 0 })
    expect(comparison.counts.now).toEqual({ pass: 0, fail: 0, waived: 0, blocked: 1, not_judged: 0 })
    expect(comparison.targets).toEqual({ before: 'http://a', now: 'http://b' })
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

  test('a new requirement that fails is not a regression of the target', () => {
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
