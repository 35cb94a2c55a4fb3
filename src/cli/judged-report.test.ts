import { expect, test } from 'vitest'
import { parseJson } from '../contract/json.ts'
import { schemaProblem } from '../contract/schemas.ts'
import type { Finding } from '../oracle/finding.ts'
import { recordOf } from '../record/run-record-fixture.ts'
import { buildReport } from '../report/model.ts'
import type { Outcome } from '../verdict/outcome.ts'

const finding = (kind: string): Finding => ({
  kind,
  message: `It is ${kind}.`,
  expected: 'a',
  actual: 'b',
  exchanges: [],
})
const gate = { strict: false, requireConclusive: false, waivers: [], today: '2026-01-01' }
const failing: Outcome = {
  id: 'PAG-03',
  verdict: 'fail',
  judged: 2,
  findings: [finding('old'), finding('new')],
}

test('next to a waived finding the new one fails the run, and is listed first', () => {
  const plain = buildReport(recordOf([failing]), '0.0.0', gate)
  const fingerprint = plain.requirements[0]?.findings?.[0]?.fingerprint ?? ''
  const waiver = { requirement: 'PAG-03', fingerprint, owner: 'pat', reason: 'known', expires: '2026-12-31' }
  const report = buildReport(recordOf([failing]), '0.0.0', { ...gate, waivers: [waiver] })
  expect(report.exit_code).toBe(1)
  expect(report.requirements[0]?.findings?.map(({ kind, waived_by }) => [kind, waived_by])).toEqual([
    ['new', undefined],
    ['old', 'pat'],
  ])
  expect(schemaProblem('report', parseJson(JSON.stringify(report)) ?? null)).toBeUndefined()
})

test('a shard without selected requirements exits with 0, and a whole run without a verdict does not', () => {
  const nothing: Outcome = { id: 'PAG-03', verdict: 'not-run', judged: 0, findings: [] }
  const part = { index: 2, count: 2, version: '0', settings: {} }
  const shard = buildReport(recordOf([nothing], { part }), '0.0.0', gate)
  expect([shard.exit_code, shard.sentence]).toEqual([
    0,
    'This shard contains none of the selected requirements.',
  ])
  expect(buildReport(recordOf([nothing]), '0.0.0', gate).exit_code).toBe(3)
})
