import { expect, test } from 'vitest'
import { runAgainst } from '../../acceptance/run-against.ts'
import type { RunRecord } from '../../src/record/run-record.ts'
import { faults } from '../../src/reference/faults/index.ts'

/** Combined lists belong to PAG-02, behind its own requests. */
const isCombined = (question: string) => /^PAG-02 \d+s1$/.test(question)

const combinedIn = ({ exchanges, questions = {} }: RunRecord) =>
  exchanges.filter(({ id }) => questions[id]?.some(isCombined))

function runWithin(maxRequests: number | undefined, name?: string) {
  const override = faults.find((fault) => fault.name === name)?.override
  return runAgainst(override === undefined ? {} : { behaviour: override }, {
    runs: 0,
    only: ['ORD-02', 'PAG-02'],
    ...(maxRequests === undefined ? {} : { maxRequests }),
  })
}

test('a run with a budget sends each combined list once, and nothing follows on a correct server', async () => {
  const run = await runWithin(1_000)
  expect(combinedIn(run)).toHaveLength(4)
  expect(run.outcomes.filter(({ verdict }) => verdict === 'fail')).toEqual([])
})

test('a run without a budget sends none', async () => {
  expect(combinedIn(await runWithin(undefined))).toEqual([])
})

test('what a combined list shows is found by the lists with one of its features, and by its own requirement', async () => {
  const run = await runWithin(1_000, 'explicit-asc-reverses-filtered-lists')
  const [ordered] = run.outcomes.filter(({ id }) => id === 'ORD-02')
  expect(ordered?.verdict).toBe('fail')
  const combined = new Set(
    combinedIn(run).flatMap(({ id, request }) => (request.target.includes('limit=99') ? id : [])),
  )
  expect(combined.size).toBeGreaterThan(0)
  const cited = run.outcomes.flatMap(({ findings }) => findings.flatMap(({ exchanges }) => exchanges))
  expect(cited.filter((id) => combined.has(id) && run.questions?.[id]?.length === 1)).toEqual([])
})

test('what a combined list shows is judged by its own requirement within a small budget', async () => {
  const behaviour = faults.find(({ name }) => name === 'short-page-at-limit-99')?.override
  const { outcomes } = await runAgainst(behaviour === undefined ? {} : { behaviour }, {
    runs: 0,
    maxRequests: 70,
  })
  expect(outcomes.find(({ id }) => id === 'PAG-02')?.verdict).toBe('fail')
})
