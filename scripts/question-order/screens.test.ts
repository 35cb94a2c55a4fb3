import { expect, test } from 'vitest'
import { runAgainst } from '../../acceptance/run-against.ts'
import { isScreen } from './unknown-faults.ts'

test('a run with a budget sends every screen of tokens, schemes and misspelt ids', async () => {
  const only = ['AUT-02', 'AUT-03', 'NFD-05'] as const
  const { questions = {} } = await runAgainst({}, { runs: 0, maxRequests: 1_000, only })
  const screens = new Set(Object.values(questions).flat().filter(isScreen))
  const of = (id: string) => [...screens].filter((question) => question.startsWith(`${id} `)).length
  expect(only.map(of)).toEqual([4, 2, 4])
})

test('a run without a budget sends none', async () => {
  const { questions = {} } = await runAgainst({}, { runs: 0, only: ['AUT-02', 'NFD-05'] })
  expect(Object.values(questions).flat().filter(isScreen)).toEqual([])
})

test('a run with a budget spends it on the plain checks, also where the target can be filled with data', async () => {
  const { exchanges } = await runAgainst({}, { maxRequests: 60 })
  expect(exchanges).toHaveLength(60)
  expect(exchanges.filter(({ purpose }) => purpose === 'generated')).toEqual([])
})
