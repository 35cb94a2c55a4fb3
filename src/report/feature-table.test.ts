import { expect, test } from 'vitest'
import { runAgainst } from '../../acceptance/run-against.ts'
import { faults } from '../reference/faults/index.ts'
import { featureTable } from './feature-table.ts'

test('a filter that is wrong on streams only is shown with SSE-06', async () => {
  const fault = faults.find(({ name }) => name === 'stream-filter-ignored')
  if (fault === undefined) throw new Error('The fault does not exist.')
  const record = await runAgainst({ behaviour: fault.override, control: false }, { runs: 0 })
  const { outcomes } = record
  const wrong = featureTable(record).filter(({ state }) => state !== 'works')
  expect(wrong.map(({ feature, requirement }) => [feature, requirement])).toEqual([
    ['type', 'SSE-06'],
    ['types[]', 'SSE-06'],
  ])
  const failing = outcomes.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)
  expect(failing).toEqual(['SSE-06'])
})
