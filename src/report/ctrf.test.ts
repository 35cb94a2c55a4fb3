import { parse, validate } from 'ctrf'
import { expect, test } from 'vitest'
import { requirements } from '../contract/catalogue.ts'
import { ctrf } from './ctrf.ts'
import { findingOf, hostileTexts, reportOf, reportSaying } from './report-fixture.ts'

test.for(['harmless', '', hostileTexts.join('\n')])('is valid CTRF when a target says %j', (text) => {
  expect(validate(JSON.parse(ctrf(reportSaying(text)))).errors).toEqual([])
})

test('counts and names as the report does', () => {
  const report = reportOf({
    'ENV-01': { verdict: 'fail', findings: [findingOf('evt_b is missing')] },
    'ENV-02': { verdict: 'inconclusive', reason: 'a second type' },
    'ENV-03': { verdict: 'waived', findings: [findingOf('known')] },
  })
  const { summary, tests } = parse(ctrf(report)).results
  const { tests: all, passed, failed, skipped, other } = summary
  expect([all, passed, failed, skipped, other]).toEqual([
    requirements.length,
    requirements.length - 3,
    1,
    1,
    1,
  ])
  expect(summary.stop - summary.start).toBe(report.duration_ms)
  const wrong = tests.find(({ testId }) => testId === 'ENV-01')
  expect(wrong).toMatchObject({ status: 'failed', message: 'evt_b is missing', suite: ['envelope'] })
  expect(wrong?.trace).toContain(report.exchanges[0]?.curl)
})
