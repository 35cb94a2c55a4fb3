import { expect, test } from 'vitest'
import type { RequirementId } from '../contract/catalogue.ts'
import { recordOf } from '../record/run-record-fixture.ts'
import type { Outcome } from '../verdict/outcome.ts'
import type { ExplainedBug } from './explain.ts'
import type { Facet } from './facets.ts'
import { observedRequest } from './observed-request-fixture.ts'
import type { ProblemInput } from './problem-input.ts'
import { explainsAllOfIt, provenCauses } from './proven-causes.ts'

interface Cause {
  readonly violates: RequirementId
  readonly facet: Facet
  readonly explains: readonly number[]
  /** Answers that still differ in the facet, and show the requirement broken. */
  readonly left?: readonly number[]
}

/** What is known of a run with these causes. */
function inputOf(...causes: readonly Cause[]): ProblemInput {
  const all = causes.map(
    ({ violates, facet, explains }): ExplainedBug => ({
      bug: { name: violates, sentence: '', violates: [violates], override: () => ({}) },
      sign: undefined,
      explains: new Set(explains.map((id) => `${id} ${facet}`)),
      contradicts: new Set(),
      equivalents: [],
      lead: 9,
    }),
  )
  const before = causes.flatMap(({ facet, explains, left = [] }) =>
    [...explains, ...left].map((id) => [id, new Set([facet])] as const),
  )
  const after = causes.flatMap(({ facet, left = [] }) => left.map((id) => [id, new Set([facet])] as const))
  const failing = before.map(([id]) => observedRequest(id))
  const failed = causes.map(
    ({ violates, explains, left = [] }): Outcome => ({
      id: violates,
      verdict: 'fail',
      judged: 1,
      findings: [
        { kind: '', message: '', expected: '', actual: '', exchanges: [...explains.slice(0, 1), ...left] },
      ],
    }),
  )
  return {
    explanation: {
      causes: all,
      sample: { failing, agreeing: [] },
      before: new Map(before),
      after: new Map(after),
      rest: [],
      others: [],
    },
    failed,
    record: recordOf(failed),
    run: { asked: failing, world: { version: 1, sessions: [] }, setupActions: [] },
    left: failing.filter(({ exchange }) => after.some(([id]) => id === exchange.id)),
    foreign: new Map(),
    differences: new Map(before),
    faults: [],
  }
}

const numbers = (count: number, from = 1) => Array.from({ length: count }, (_, at) => from + at)
const provenIn = (input: ProblemInput) => provenCauses(input).map(({ bug }) => bug.name)

test('one answer proves a mechanism where only other facets are unexplained', () => {
  const few: Cause = { violates: 'AUT-02', facet: 'status', explains: [1] }
  const open = (facet: Facet): Cause => ({ violates: 'ORD-04', facet, explains: [], left: [8, 9] })
  expect(provenIn(inputOf(few, open('order of events')))).toEqual(['AUT-02'])
  expect(provenIn(inputOf(few, open('status')))).toEqual([])
})

test('a mechanism that leaves a few answers over is named, but does not explain all of its own', () => {
  const input = inputOf({ violates: 'PAG-02', facet: 'which events', explains: numbers(20), left: [30] })
  expect(provenIn(input)).toEqual(['PAG-02'])
  expect(input.explanation.causes.map((cause) => explainsAllOfIt(cause, input))).toEqual([false])
})

test('a mechanism that leaves a larger share over is another one', () => {
  const left = numbers(3, 30)
  expect(
    provenIn(inputOf({ violates: 'PAG-02', facet: 'which events', explains: numbers(20), left })),
  ).toEqual([])
})
