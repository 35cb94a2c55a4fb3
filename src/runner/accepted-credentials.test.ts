import { expect, test } from 'vitest'
import { runAgainst } from '../../acceptance/run-against.ts'
import type { Override } from '../reference/behaviour.ts'
import { faults } from '../reference/faults/index.ts'
import { combined } from '../reference/standard-behaviour.ts'

const openStreams = faults.find(({ name }) => name === 'streams-without-authentication')?.override

const forbidden: Override = (base) => ({
  refuse: (call, denial) => base.refuse(call, denial.status === 401 ? { ...denial, status: 403 } : denial),
})

/** The failing requirements on credentials; the simpler ones are selected, so that they can explain others. */
async function failing(...overrides: readonly Override[]): Promise<string[]> {
  const server = { behaviour: combined(overrides), control: false }
  const { outcomes } = await runAgainst(server, { runs: 0, only: ['AUT-01', 'AUT-02', 'AUT-05'] })
  return outcomes.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)
}

test('streams that need no credential are found where lists without one are refused with 403', async () => {
  if (openStreams === undefined) throw new Error('The fault does not exist.')
  expect(await failing(openStreams, forbidden)).toEqual(['AUT-01', 'AUT-02', 'AUT-05'])
})

test('streams that are refused with the same wrong status as lists are not another failure', async () => {
  expect(await failing(forbidden)).toEqual(['AUT-01', 'AUT-02'])
})
