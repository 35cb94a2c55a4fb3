import { expect, test, vi } from 'vitest'
import { diagnose } from '../../src/diagnosis/diagnose.ts'
import { faults } from '../../src/reference/faults/index.ts'
import { recordWith } from './trial.ts'

test('the diagnosis of a record does not depend on how fast the machine is', {
  timeout: 300_000,
}, async () => {
  const fault = faults.find(({ name }) => name === 'has-more-as-number')
  if (fault === undefined) throw new Error('There is no such fault.')
  const record = await recordWith(fault)
  const usual = await diagnose(record)
  expect(usual?.problems[0]).toMatchObject({ fault: fault.name, certainty: 'certain' })
  let now = Date.now()
  // A minute passes with every look at a clock.
  const leap = () => {
    now += 60_000
    return now
  }
  const clocks = [
    vi.spyOn(performance, 'now').mockImplementation(leap),
    vi.spyOn(Date, 'now').mockImplementation(leap),
  ]
  try {
    expect(await diagnose(record)).toEqual(usual)
  } finally {
    for (const clock of clocks) clock.mockRestore()
  }
})
