import { expect, test } from 'vitest'
import { requirements } from '../../src/contract/catalogue.ts'
import { diagnose } from '../../src/diagnosis/diagnose.ts'
import { kindOfBug } from '../../src/diagnosis/kinds.ts'
import { remedyOf } from '../../src/diagnosis/remedies.ts'
import type { RunRecord } from '../../src/record/run-record.ts'
import type { Override } from '../../src/reference/behaviour.ts'
import { faults } from '../../src/reference/faults/index.ts'
import type { ServerState } from '../../src/reference/request-context.ts'
import { combined } from '../../src/reference/standard-behaviour.ts'
import { runAgainst } from '../run-against.ts'
import { namesIn, recordWith } from './trial.ts'

const timeout = 300_000

const fault = (name: string) => {
  const found = faults.find((one) => one.name === name)
  if (found === undefined) throw new Error(`There is no fault ${name}.`)
  return found
}

// A run is most of the work: tests about the same server share one.
const records = new Map<string, Promise<RunRecord>>()
function recordOf(name: string): Promise<RunRecord> {
  const record = records.get(name) ?? recordWith(fault(name))
  records.set(name, record)
  return record
}

test.for(['keyset-without-tie-break', 'has-more-never-under-before-id', 'has-more-as-number'])(
  '%s is named, and certain; without it in the dictionary its kind is named',
  { timeout },
  async (name) => {
    const record = await recordOf(name)
    const [first] = (await diagnose(record))?.problems ?? []
    expect(first).toMatchObject({ fault: name, certainty: 'certain', level: 'mechanism', contradicts: 0 })
    expect(first?.requirements).not.toEqual([])
    const held = await diagnose(
      record,
      faults.filter((one) => one.name !== name),
    )
    expect(held?.problems[0]?.levels?.[0]).toBe(kindOfBug(fault(name).violates[0]))
    expect(held?.problems.filter(({ certainty }) => certainty === 'certain')).toEqual([])
  },
)

test('a bug that explains a part of the failures of its area is not certain', { timeout }, async () => {
  const others = faults.filter(({ name }) => name !== 'only-the-last-type')
  const problems = (await diagnose(await recordOf('only-the-last-type'), others))?.problems ?? []
  expect(problems.length).toBeGreaterThan(1)
  expect(problems.filter(({ certainty }) => certainty === 'certain')).toEqual([])
})

test('two bugs at once are both named', { timeout }, async () => {
  const names = ['desc-ignored-with-a-filter', 'no-header-is-400']
  const record = await recordWith({
    ...fault('no-header-is-400'),
    override: combined(names.map((name) => fault(name).override)),
  })
  expect(namesIn(await diagnose(record)).toSorted()).toEqual(names)
})

test('bugs are named that few responses show, or that show in responses of another bug', {
  timeout,
}, async () => {
  const names = ['ends-by-id-order', 'token-prefix-accepted', 'unknown-types-are-empty']
  const record = await recordWith({
    ...fault('ends-by-id-order'),
    override: combined(names.map((name) => fault(name).override)),
  })
  const diagnosis = await diagnose(record)
  expect(namesIn(diagnosis).toSorted()).toEqual(names)
})

/** Answers the next lists of the same path and limit with the first one, whatever else they ask for. */
const cachedByLimit: Override = (base) => {
  const kept = new WeakMap<ServerState, Map<string, { at: number; reply: ReturnType<typeof base.list> }>>()
  return {
    list(call) {
      const all = kept.get(call.serverState) ?? new Map()
      kept.set(call.serverState, all)
      const key = `${call.request.path} ${/limit=\d+/.exec(call.request.query)?.[0]}`
      const known = all.get(key)
      if (known !== undefined && call.serverState.requests - known.at < 12) return known.reply
      const reply = base.list(call)
      all.set(key, { at: call.serverState.requests, reply })
      return reply
    },
  }
}

test('a response of another request is named with the other request', { timeout }, async () => {
  const record = await recordWith({ ...fault('keyset-without-tie-break'), override: cachedByLimit })
  const found = (await diagnose(record))?.problems.find(
    ({ fault: name }) => name === 'answer-of-another-request',
  )
  const pathOf = (id: number | undefined) =>
    record.exchanges.find((one) => one.id === id)?.request.target.split('?')[0]
  expect(found?.other_exchange).toBeDefined()
  expect(found?.other_exchange).not.toBe(found?.exchange)
  expect(pathOf(found?.other_exchange)).toBe(pathOf(found?.exchange))
})

test('warnings of SHOULD requirements alone open no diagnosis', { timeout }, async () => {
  const record = await recordOf('keyset-without-tie-break')
  // The findings of the MUST requirements become those of a SHOULD requirement.
  const failures = record.outcomes.filter(({ verdict }) => verdict === 'fail')
  const warned = requirements.find(({ level }) => level === 'SHOULD')?.id
  const findings = failures.flatMap((failure) => failure.findings)
  const outcomes = record.outcomes
    .filter((outcome) => !failures.includes(outcome))
    .map((outcome) => (outcome.id === warned ? { ...outcome, verdict: 'fail' as const, findings } : outcome))
  expect(outcomes.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)).toEqual([warned])
  expect(await diagnose({ ...record, outcomes })).toBeUndefined()
})

test('the same record has the same diagnosis', { timeout }, async () => {
  const record = await recordOf('keyset-without-tie-break')
  expect(await diagnose(record)).toEqual(await diagnose(record))
})

test('where nothing failed there is no diagnosis', { timeout }, async () => {
  expect(await diagnose(await runAgainst({}, { runs: 1 }))).toBeUndefined()
})

test('the best example of a bug can be repeated: it does not use removed sessions', {
  timeout,
}, async () => {
  const record = await recordOf('keyset-without-tie-break')
  const diagnosis = await diagnose(record)
  const shown = record.exchanges.find(({ id }) => id === diagnosis?.problems[0]?.exchange)
  const made = record.evidence.setupActions.flatMap((action) =>
    action.did === 'put' ? [action.session.id] : [],
  )
  expect(made.length).toBeGreaterThan(0)
  expect(shown?.request.target).toContain('/threads/')
  expect(made.filter((id) => shown?.request.target.includes(id))).toEqual([])
})

test('every fault has its cause and its fix', () => {
  for (const one of faults) {
    const { cause, fix } = remedyOf(one)
    expect([cause.length > 10, fix.length > 10], one.name).toEqual([true, true])
  }
})
