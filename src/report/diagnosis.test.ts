import { expect, test } from 'vitest'
import { parseJson } from '../contract/json.ts'
import { schemaProblem } from '../contract/schemas.ts'
import type { Diagnosis, Problem } from '../verdict/diagnosis.ts'
import { htmlReport } from './html/page.ts'
import { markdownSummary } from './markdown-summary.ts'
import type { Report } from './model.ts'
import { findingOf, hostileTexts, reportOf } from './report-fixture.ts'
import { createStyle } from './style.ts'
import { terminalReport } from './terminal.ts'

const problem: Problem = {
  fault: 'keyset-without-tie-break',
  sentence: 'Events of the same instant are skipped.',
  certainty: 'certain',
  typical_cause: 'A column that is not unique.',
  suggested_fix: 'Compare by the pair of time and id.',
  indistinguishable: [],
  explains: 14,
  contradicts: 0,
  requirements: ['PAG-03', 'PAG-05'],
  exchange: 1,
}
const found: Diagnosis = { problems: [problem], others: [], failing: 14, compared: 212, unexplained: 0 }

function reportWith(diagnosis: Diagnosis): Report {
  const fails = (text: string) => ({ verdict: 'fail' as const, findings: [findingOf(text)] })
  return reportOf(
    { 'PAG-03': fails('The first finding.'), 'PAG-05': fails('The second.'), 'AUT-01': fails('A third.') },
    { verdict: 'nonconformant', exit_code: 1, diagnosis },
  )
}

const terminal = (report: Report) => terminalReport(report, createStyle(false))

test('every format names the known bug and the suggested fix', () => {
  const report = reportWith(found)
  expect(schemaProblem('report', parseJson(JSON.stringify(report)) ?? null)).toBeUndefined()
  for (const text of [terminal(report), markdownSummary(report), htmlReport(report)]) {
    const plain = text.replaceAll(/\s+/g, ' ')
    expect(plain).toContain('Events of the same instant are skipped')
    expect(plain).toContain('Compare by the pair of time and id.')
  }
})

test('the failures of one bug are one cause, the others causes of their own', () => {
  const { causes } = reportWith(found)
  expect(causes.map(({ requirements }) => requirements)).toEqual([['PAG-03', 'PAG-05'], ['AUT-01']])
  expect(terminal(reportWith(found))).toContain('also PAG-05 MUST: The second.')
})

test('a known bug is shown with a response that it explains, not with another failure of the requirement', () => {
  const other = { ...findingOf('The finding of another bug.'), exchanges: [2] }
  const own = { ...findingOf('The finding of the known bug.'), exchanges: [1] }
  const report = reportOf(
    { 'PAG-03': { verdict: 'fail', findings: [other, own] } },
    { verdict: 'nonconformant', exit_code: 1, diagnosis: { ...found, problems: [problem] } },
  )
  expect(report.causes[0]?.finding?.exchange).toBe(1)
  const text = terminal(report)
  expect(text).toContain('The finding of the known bug.')
  expect(text).not.toContain('The finding of another bug.')
})

test('where only the kind of bug is known, the bugs that remain possible are shown', () => {
  const named = (fault: string) => ({ fault, sentence: `Bug ${fault}.` })
  const kind: Problem = {
    ...problem,
    fault: '',
    sentence: 'Cursors are wrong.',
    certainty: 'possible',
    level: 'kind',
    alternatives: [named('one'), named('two'), named('three')],
  }
  const report = reportWith({ ...found, problems: [kind] })
  expect(schemaProblem('report', parseJson(JSON.stringify(report)) ?? null)).toBeUndefined()
  expect(report.causes[0]?.alternatives).toEqual(['Bug one.', 'Bug two.', 'Bug three.'])
  expect(terminal(report)).toContain('Alternatives    Bug one. Bug two. (1 more)')
  expect(htmlReport(report)).toContain('Bug one. Bug two. Bug three.')
})

test('where no known bug fits it says so', () => {
  const report = reportWith({ ...found, problems: [], unexplained: 14, unexplained_exchange: 1 })
  expect(terminal(report).replaceAll(/\s+/g, ' ')).toContain(
    'No known bug explains the 14 failing responses. Smallest example: GET …/events',
  )
})

test('the trait that most unexplained responses share is shown', () => {
  const report = reportWith({
    ...found,
    problems: [],
    unexplained: 14,
    unexplained_exchange: 1,
    unexplained_trait: { trait: 'no answer', answers: 12, last_answered: 80 },
  })
  expect(schemaProblem('report', parseJson(JSON.stringify(report)) ?? null)).toBeUndefined()
  expect(terminal(report).replaceAll(/\s+/g, ' ')).toContain(
    'No known bug explains the 14 failing responses. 12 of them: no answer. The last request with a response is number 80.',
  )
})

test.for(hostileTexts)('text of a target is escaped: %j', (text) => {
  const report = reportWith({ ...found, missing: `It broke: ${text}` })
  expect(terminal(report)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/)
  expect(htmlReport(report)).not.toContain('<script>alert')
})
