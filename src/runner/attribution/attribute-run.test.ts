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

test('a 5xx that does not show again breaks INP-04 alone', async () => {
  const wrong = (id: 'PAG-03' | 'PAG-04' | 'INP-04', ...exchanges: number[]) => ({
    id,
    cases: [
      { exchanges: [9] },
      ...exchanges.map((one) => ({ exchanges: [one], finding: finding(one, `${id} of ${one}`) })),
    ],
  })
  const alone = { id: 'NEG-01' as const, cases: [{ exchanges: [1], finding: finding(1, 'NEG-01 of 1') }] }
  const results = [wrong('PAG-03', 1), wrong('PAG-04', 2, 3), wrong('INP-04', 1, 2), alone]
  const { outcomes } = await attributeRun(
    results,
    evidence,
    3,
    (_, { exchanges }) => Promise.resolve(exchanges[0] === 3),
    { exchanges: new Set([1, 2]), evidenceWithout: () => evidence },
  )
  expect(outcomes.map(({ id, verdict, reproduced }) => [id, verdict, reproduced])).toEqual([
    ['INP-04', 'fail', '1 of 3'],
    ['NEG-01', 'inconclusive', undefined],
    ['PAG-03', 'pass', undefined],
    ['PAG-04', 'fail', 'always (3 of 3)'],
  ])
  expect(outcomes.find(({ id }) => id === 'NEG-01')?.reason).toContain('returned 5xx')
})

test('an attempt in which a finding could not show does not count', async () => {
  const result = { id: 'SSE-03' as const, cases: [{ exchanges: [1], finding: finding(1, 'keep-alive-id') }] }
  const again = [undefined, true]
  const { outcomes } = await attributeRun([result], evidence, 3, () => Promise.resolve(again.shift()))
  expect(outcomes[0]).toMatchObject({ verdict: 'fail', reproduced: 'always (2 of 2)' })
})
