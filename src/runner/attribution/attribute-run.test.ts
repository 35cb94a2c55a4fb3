import { expect, test } from 'vitest'
import type { Finding } from '../../oracle/finding.ts'
import type { Evidence } from '../../verdict/attribute.ts'
import { attributeRun } from './attribute-run.ts'

const evidence: Evidence = {
  violations: [],
  pagingFaults: new Map(),
  capabilities: [],
  featuresOf: () => undefined,
  unreproduced: new Set(),
}

const finding = (exchange: number, kind: string): Finding => ({
  kind,
  message: `Response ${exchange} is wrong.`,
  expected: 'a',
  actual: 'b',
  exchanges: [exchange],
})

test('a failure that shows every time is found behind others of the requirement that showed once', async () => {
  const findings = [finding(1, 'once'), finding(2, 'once'), finding(3, 'once'), finding(4, 'always')]
  const result = {
    id: 'ORD-03' as const,
    cases: findings.map((one) => ({ exchanges: one.exchanges, finding: one })),
  }
  const tried: string[] = []
  const { outcomes } = await attributeRun([result], evidence, 3, async (_, { kind, message }) => {
    tried.push(message)
    return kind === 'always'
  })
  const [outcome] = outcomes
  expect(outcome).toMatchObject({ verdict: 'fail', reproduced: 'always (3 of 3)' })
  expect(outcome?.findings[0]?.kind).toBe('always')
  expect(tried).not.toContain('Response 3 is wrong.')
})
