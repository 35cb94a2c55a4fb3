import { describe, expect, test } from 'vitest'
import { requirements } from '../contract/catalogue.ts'
import { compareRuns } from '../verdict/compare.ts'
import { markdownSummary } from './markdown-summary.ts'
import type { Report, ReportedRequirement } from './model.ts'
import { rendered } from './rendered-fixture.ts'
import { findingOf, generatedSaying, hostileTexts, reportOf, reportSaying } from './report-fixture.ts'

const failing = (text: string) => ({ verdict: 'fail' as const, findings: [findingOf(text)] })

/** A summary in which everything that can be has this text, the comparison included. */
function saying(text: string): string {
  const report = reportSaying(text)
  const before = reportOf(
    { 'ENV-02': failing('another') },
    { observations: [{ id: 'open', question: 'What then?', seen: `not ${text}`, exchanges: [] }] },
  )
  return markdownSummary(report, compareRuns(before, report))
}

describe('the summary', () => {
  test('begins with the verdict, and has each failure in one line', () => {
    const report = reportOf(
      { 'ENV-01': failing('evt_b is missing'), 'EVT-07': failing('turn_ is missing') },
      { verdict: 'nonconformant', sentence: 'The target breaks one requirement.' },
    )
    const { text } = rendered(markdownSummary(report))
    expect(text).toMatch(/^❌ NONCONFORMANT\nThe target breaks one requirement\./)
    expect(text).toContain('❌ ENV-01 MUST evt_b is missing\n')
    expect(text).toContain('⚠️ EVT-07 SHOULD turn_ is missing\n')
  })

  test('shows the counterexample and its replay command', () => {
    const report = reportOf({ 'ENV-01': failing('evt_b is missing') }, generatedSaying('evt_b'))
    const { text, code } = rendered(markdownSummary(report))
    expect(text).toContain('90 generated requests to 8 generated worlds, seed 7')
    expect(code.at(-1)?.split('\n')).toEqual([
      'found with generated data: cursors (seed 7, path 3:0)',
      'thread 1 evt_b: 1 event',
      '  evt_b  evt_b  evt_b',
      'request: evt_b',
      'replay: npx thread-events-conformance replay conformance.json ENV-01',
      '',
    ])
  })

  test('of a shard says that it is one', () => {
    const { text } = rendered(markdownSummary(reportOf({}, { part: { index: 2, count: 3 } })))
    expect(text).toContain('This is shard 2 of 3')
  })

  test('collapses expected and actual values, and the command to copy', () => {
    const finding = findingOf('evt_b is missing', { expected: ['evt_a', 'evt_b'], actual: ['evt_a'] })
    const report = reportOf({ 'PAG-03': { verdict: 'fail', findings: [finding] } })
    const { elements, code } = rendered(markdownSummary(report))
    expect(elements.filter((name) => name === 'details')).toHaveLength(1)
    expect(code.slice(-2)).toEqual([
      '--- expected\n+++ got\n  evt_a\n- evt_b\n',
      `${report.exchanges[0]?.curl}\n`,
    ])
  })

  test('says what changed since the baseline, where there is one', () => {
    const before = reportOf({ 'ENV-02': failing('old') })
    const now = reportOf({ 'ENV-01': failing('evt_b is missing') })
    const { text } = rendered(markdownSummary(now, compareRuns(before, now)))
    expect(text).toContain('Regression: 1 requirement newly fails.')
    expect(text).toContain('ENV-01 pass → fail')
    expect(text).toContain('ENV-02 fail → pass')
    expect(rendered(markdownSummary(now)).text).not.toContain('baseline')
  })

  test.for(hostileTexts.filter((text) => text !== ''))(
    'gives no element to a target that says %j',
    (text) => {
      const { elements, prose } = rendered(saying(text))
      expect(elements).toEqual(rendered(saying('harmless')).elements)
      expect(prose.replace(/https?:\u200b/g, '')).not.toMatch(/@[\w-]|:\/\/|www\.|#\d/)
    },
  )

  test.for([
    ['long texts', '`<@'.repeat(30_000)],
    ['many findings', 'evt_0123456789abcdef'],
  ])('stays below 60,000 characters with %s, and says what it left out', ([, text = '']) => {
    const all: Partial<ReportedRequirement> = {
      verdict: 'fail',
      findings: Array.from({ length: 10 }, () =>
        findingOf(text, { expected: Array.from({ length: 50 }, () => text), actual: ['evt_x'] }),
      ),
    }
    const everything: Report = reportOf(Object.fromEntries(requirements.map(({ id }) => [id, all])))
    const summary = markdownSummary(everything, compareRuns(reportOf(), everything))
    expect(summary.length).toBeLessThanOrEqual(60_000)
    expect(summary).toMatch(/\d+ more are in conformance\.json/)
    expect(rendered(summary).elements.length).toBeGreaterThan(50)
  })
})
