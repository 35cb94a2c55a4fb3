import { expect, test } from 'vitest'
import { findingOf, reportOf } from '../report/report-fixture.ts'
import { compareRuns } from '../verdict/compare.ts'
import { withRegression } from './with-regression.ts'

const flaky = { verdict: 'fail' as const, reproduced: '1 of 3', findings: [findingOf('evt_b is missing')] }
const should = (...fingerprints: readonly string[]) => ({
  verdict: 'fail' as const,
  findings: fingerprints.map((fingerprint) => findingOf('turn_ is missing', { fingerprint })),
})
const allowed = { allow_flaky: true } as const

test('a requirement that newly fails is a regression', () => {
  const now = reportOf({ 'EVT-07': should('a') })
  const report = withRegression(now, compareRuns(reportOf(), now))
  expect([report.exit_code, report.verdict]).toEqual([1, 'nonconformant'])
  expect(report.sentence).toMatch(/^Regression since the baseline\. /)
})

test('with --allow-flaky, a new flaky failure is not, even if another failure has fewer findings', () => {
  const before = reportOf({ 'EVT-07': should('a', 'b') })
  const now = reportOf({ 'PAG-03': flaky, 'EVT-07': should('a') }, allowed)
  expect(withRegression(now, compareRuns(before, now)).exit_code).toBe(0)
})

test('with --allow-flaky, a failure that fails in a new way still is', () => {
  const before = reportOf({ 'EVT-07': should('a') })
  const now = reportOf({ 'PAG-03': flaky, 'EVT-07': should('b') }, allowed)
  expect(withRegression(now, compareRuns(before, now)).exit_code).toBe(1)
})
