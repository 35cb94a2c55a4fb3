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
  cause: 'A column that is not unique.',
  mend: 'Compare by the pair of time and id.',
  alike: [],
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

test('every format says which bug it is, how sure that is, and how it is mended', () => {
  const report = reportWith(found)
  expect(schemaProblem('report', parseJson(JSON.stringify(report)) ?? null)).toBeUndefined()
  for (const text of [terminal(report), markdownSummary(report), htmlReport(report)]) {
    const plain = text.replaceAll(/\s+/g, ' ')
    expect(plain).toContain('Certainly: Events of the same instant are skipped.')
    expect(plain).toContain('explains 14 of 14 failing answers, contradicts none of 212 right ones')
    expect(plain).toContain('Compare by the pair of time and id.')
  }
})

test('the diagnosis opens the failures of its cause, of which one is told in full and the others in a line', () => {
  const text = terminal(reportWith(found))
  const lines = text.split('\n')
  const at = (start: string) => lines.findIndex((line) => line.startsWith(start))
  const order = ['DIAGNOSIS', 'FAIL PAG-03', 'FAIL PAG-05', 'FAILURES OF ANOTHER CAUSE', 'FAIL AUT-01'].map(
    at,
  )
  expect(order).toEqual(order.toSorted((a, b) => a - b))
  expect(order).not.toContain(-1)
  expect(lines[at('FAIL PAG-05')]).toContain('of the same cause')
  expect(lines.slice(at('FAIL PAG-05'), at('FAIL PAG-05') + 3).join()).toContain('The second.')
  for (const id of ['PAG-03', 'AUT-01']) expect(lines[at(`FAIL ${id}`)]).not.toContain('of the same cause')
  expect(at('diagnosis: Certainly')).toBeLessThan(at('NONCONFORMANT'))
  const unsure = reportWith({ ...found, problems: [{ ...problem, certainty: 'likely' }] })
  expect(terminal(unsure)).not.toContain('of the same cause')
})

test('at the top of the page one cause is one line, with the requirements that it breaks', () => {
  const [, list = ''] = /<ul class="failing"[^>]*>(.*?)<\/ul>/s.exec(htmlReport(reportWith(found))) ?? []
  const lines = list.split('<li').slice(1)
  expect(lines.map((line) => [...line.matchAll(/<a href="#([\w-]+)"/g)].map(([, id]) => id))).toEqual([
    ['diagnosis', 'PAG-03', 'PAG-05'],
    ['AUT-01'],
  ])
  const unsure = reportWith({ ...found, problems: [{ ...problem, certainty: 'likely' }] })
  expect(htmlReport(unsure)).not.toContain('one cause')
})

test('where nothing fits it says so, before the failures', () => {
  const report = reportWith({ ...found, problems: [], unexplained: 14, unexplained_exchange: 1 })
  expect(terminal(report).replaceAll(/\s+/g, ' ')).toContain(
    'No fault of the catalogue answers as this target did',
  )
  expect(terminal(report).indexOf('No fault')).toBeLessThan(terminal(report).indexOf('FAIL PAG-03'))
  expect(terminal(report)).not.toContain('ANOTHER CAUSE')
})

test('what most of the answers have in common that nothing explains is said', () => {
  const report = reportWith({
    ...found,
    problems: [],
    unexplained: 14,
    unexplained_exchange: 1,
    unexplained_trait: { trait: 'no answer', answers: 12, last_answered: 80 },
  })
  expect(schemaProblem('report', parseJson(JSON.stringify(report)) ?? null)).toBeUndefined()
  expect(terminal(report).replaceAll(/\s+/g, ' ')).toContain(
    'is shown. 12 of them: no answer. The last request that was answered is number 80.',
  )
})

test.for(hostileTexts)('nothing of a target gets through: %j', (text) => {
  const report = reportWith({ ...found, missing: `It broke: ${text}` })
  expect(terminal(report)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/)
  expect(htmlReport(report)).not.toContain('<script>alert')
})
