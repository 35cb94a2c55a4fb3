import { expect, test } from 'vitest'
import type { RequirementId } from '../contract/catalogue.ts'
import { anExchange } from '../oracle/history-fixture.ts'
import type { Outcome } from '../verdict/outcome.ts'
import { failedByServerErrors } from './server-errors.ts'

const exchanges = new Map(
  [500, 500, 200].map((status, at) => [at + 1, anExchange('', { id: at + 1, status })] as const),
)
const failing = (id: RequirementId, ...cited: number[]): Outcome => ({
  id,
  verdict: 'fail',
  judged: 1,
  findings: cited.map((one) => ({ kind: 'status', message: '', expected: '', actual: '', exchanges: [one] })),
})

test('requirements that fail with 5xx alone have one cause with the requirement about 5xx', () => {
  const outcomes = [failing('PAG-14', 2), failing('PAG-15', 2, 3), failing('INP-01', 1, 2)]
  expect(failedByServerErrors(outcomes, exchanges)).toEqual(['PAG-14', 'INP-01'])
})

test('without a failing requirement about 5xx there is no such cause', () => {
  expect(failedByServerErrors([failing('PAG-14', 2)], exchanges)).toEqual([])
})
