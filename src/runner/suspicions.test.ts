import { expect, test } from 'vitest'
import type { Finding } from '../oracle/finding.ts'
import type { History } from '../oracle/history.ts'
import type { HistoryCheck } from '../spec-dsl/spec-items.ts'
import { Suspicions } from './suspicions.ts'

const missing = { missing: 'an exchange', provide: 'See INP-04 first.' }
const whatWasSent: History = { exchanges: [], lists: [], streams: [] }
const repeated: History = { exchanges: [], lists: [], streams: [] }

const finding = (exchange: number): Finding => ({
  kind: 'reset',
  message: 'The connection was dropped.',
  expected: 'a response',
  actual: 'none',
  exchanges: [exchange],
})

/** A check that suspects these exchanges, and some of them again when they are repeated. */
function suspecting(exchanges: readonly number[], again: readonly number[]) {
  const asked: number[] = []
  const check: HistoryCheck = {
    kind: 'history',
    id: 'INP-01',
    sentence: 'Every request gets a response.',
    missing,
    probe: undefined,
    judge: (history) => ({
      findings: [],
      judged: 40,
      tentative: (history === repeated
        ? asked.slice(-1).filter((one) => again.includes(one))
        : exchanges
      ).map(finding),
    }),
  }
  const suspicions = new Suspicions([check], {
    history: () => whatWasSent,
    repeat: (ids) => {
      asked.push(...ids)
      return Promise.resolve(repeated)
    },
  })
  return { asked, suspicions, judged: () => suspicions.judge(check, missing) }
}

test('what shows again is a finding, and nothing else is repeated', async () => {
  const { asked, suspicions, judged } = suspecting([7, 8, 9], [8])
  await suspicions.confirm()
  expect(asked).toEqual([7, 8])
  expect(judged().cases.flatMap(({ finding }) => finding?.exchanges ?? [])).toEqual([8])
})

test('what does not show again counts for nothing', async () => {
  const { suspicions, judged } = suspecting([7], [])
  await suspicions.confirm()
  expect(judged().cases).toHaveLength(40)
  expect(judged().cases.every(({ finding }) => finding === undefined)).toBe(true)
})

test('what was not repeated leaves the requirement open', () => {
  const { lack, cases } = suspecting([7], [7]).judged()
  expect(cases).toEqual([])
  expect(lack?.missing).toContain('the run ended before it was repeated')
})
