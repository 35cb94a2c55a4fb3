import { expect, test } from 'vitest'
import { reportOf } from './report-fixture.ts'
import { createStyle } from './style.ts'
import { terminalReport } from './terminal.ts'

test('a problem that the sentence of the report contains is printed once', () => {
  const problem = 'The request budget of 50 is used up.'
  const plain = reportOf()
  const target = { ...plain.target, problem, advice: 'Raise --max-requests to judge the rest.' }
  const text = terminalReport(
    { ...plain, target, sentence: `Judged 46 of 46 MUST requirements. ${problem}` },
    createStyle(false),
    { width: 160 },
  )
  expect(text.split(problem)).toHaveLength(2)
  expect(text).toContain(target.advice)
})
