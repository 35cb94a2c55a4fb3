import { expect, test } from 'vitest'
import { diagnose } from '../../src/diagnosis/diagnose.ts'
import { kindOfBug } from '../../src/diagnosis/kinds.ts'
import { remedyOf } from '../../src/diagnosis/remedies.ts'
import { faults } from '../../src/reference/faults/index.ts'
import { combined } from '../../src/reference/standard-behaviour.ts'
import { runAgainst } from '../run-against.ts'
import { namesIn, recordWith } from './trial.ts'

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
])('%s is named, and certain; without it in the dictionary its kind is named', { timeout }, async (name) => {
  const record = await recordWith(fault(name))
  const [first] = (await diagnose(record))?.problems ?? []
  expect(first).toMatchObject({ fault: name, certainty: 'certain', level: 'mechanism', contradicts: 0 })
  expect(first?.requirements).not.toEqual([])
  const held = await diagnose(
    record,
    faults.filter((one) => one.name !== name),
  )
  expect(held?.problems[0]?.levels?.[0]).toBe(kindOfBug(fault(name).violates[0]))
  expect(held?.problems.filter(({ certainty }) => certainty === 'certain')).toEqual([])
})

test('two bugs at once are both named', { timeout }, async () => {
  const chosen = [fault('no-header-is-400'), fault('desc-ignored-with-a-filter')]
  const record = await recordWith({
    ...fault('no-header-is-400'),
    override: combined(chosen.map(({ override }) => override)),
  })
  expect(namesIn(await diagnose(record)).toSorted()).toEqual([
    'desc-ignored-with-a-filter',
    'no-header-is-400',
  ])
})

test('a SHOULD warning alone starts no diagnosis', { timeout }, async () => {
  expect(await diagnose(await recordWith(fault('no-vary')))).toBeUndefined()
})

test('the same record has the same diagnosis', { timeout }, async () => {
  const record = await recordWith(fault('last-id-of-the-probe-row'))
  expect(await diagnose(record)).toEqual(await diagnose(record))
})

test('where nothing failed there is no diagnosis', { timeout }, async () => {
  expect(await diagnose(await runAgainst({}, { runs: 1 }))).toBeUndefined()
})

test('the best example of a bug can be repeated: it does not use removed sessions', {
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
