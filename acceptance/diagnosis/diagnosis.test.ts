import { expect, test } from 'vitest'
import { diagnose } from '../../src/diagnosis/diagnose.ts'
import { remedyOf } from '../../src/diagnosis/remedies.ts'
import { faults } from '../../src/reference/faults/index.ts'
import { runAgainst } from '../run-against.ts'
import { diagnosisOf, rankOf } from './trial.ts'

const timeout = 120_000

const fault = (name: string) => {
  const found = faults.find((one) => one.name === name)
  if (found === undefined) throw new Error(`There is no fault ${name}.`)
  return found
}

test.for([
  'keyset-without-tie-break',
  'has-more-never-under-before-id',
  'desc-ignored-with-a-filter',
  'no-header-is-400',
  'thread-label-without-prefix',
])('%s is named, and certain', { timeout }, async (name) => {
  const diagnosis = await diagnosisOf([fault(name)])
  expect(rankOf(fault(name), diagnosis)).toBe(1)
  expect(diagnosis?.problems[0]).toMatchObject({ certainty: 'certain', contradicts: 0 })
  expect(diagnosis?.problems[0]?.requirements).not.toEqual([])
})

test.for(['keyset-without-tie-break', 'no-header-is-400', 'desc-ignored-with-a-filter'])(
  'without %s in the dictionary nothing is called certain',
  { timeout },
  async (name) => {
    const diagnosis = await diagnosisOf(
      [fault(name)],
      faults.filter((one) => one.name !== name),
    )
    expect(diagnosis?.problems.filter(({ certainty }) => certainty === 'certain')).toEqual([])
  },
)

test('two bugs at once are both named', { timeout }, async () => {
  const diagnosis = await diagnosisOf([fault('no-header-is-400'), fault('desc-ignored-with-a-filter')])
  expect(diagnosis?.problems.map((problem) => problem.fault).toSorted()).toEqual([
    'desc-ignored-with-a-filter',
    'no-header-is-400',
  ])
})

test('where nothing failed there is no diagnosis', { timeout }, async () => {
  expect(await diagnose(await runAgainst({}, { runs: 1 }))).toBeUndefined()
})

test('what shows a bug best can be asked again: it is not about sessions that are gone by then', {
  timeout,
}, async () => {
  const record = await runAgainst({ behaviour: fault('keyset-without-tie-break').override }, { seed: 3 })
  const diagnosis = await diagnose(record, faults)
  const shown = record.exchanges.find(({ id }) => id === diagnosis?.problems[0]?.exchange)
  const made = record.evidence.setupActions.flatMap((deed) => (deed.did === 'put' ? [deed.session.id] : []))
  expect(made.length).toBeGreaterThan(0)
  expect(shown?.request.target).toContain('/threads/')
  expect(made.filter((id) => shown?.request.target.includes(id))).toEqual([])
})

test('every fault has its cause and its mend', () => {
  for (const one of faults) {
    const { cause, mend } = remedyOf(one)
    expect([cause.length > 10, mend.length > 10], one.name).toEqual([true, true])
  }
})
