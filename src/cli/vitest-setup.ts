import { afterAll, describe, test } from 'vitest'
import type { Property, Spec } from '../check/check.ts'
import type { RunRecord } from '../check/conformance-run.ts'
import { onSpec } from '../check/declare.ts'
import { type RequirementId, requirementOf } from '../contract/catalogue.ts'
import type { Finding } from '../oracle/finding.ts'
import type { Outcome } from '../verdict/outcome.ts'
import { takeRecord, theRun } from './vitest-run-once.ts'

declare module 'vitest' {
  interface TaskMeta {
    outcome?: Outcome
    /** Set by a property that was judged: what it found is in the record. */
    property?: string
    record?: RunRecord
  }
}

/** What a test runner shows of a failed requirement: no stack, which would point into the suite. */
class NotConformant extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'NotConformant'
    this.stack = message
  }
}

onSpec((spec) => {
  describe(spec.area, () => {
    for (const id of idsOf(spec)) declareTest(id)
    for (const item of spec.items) if (item.kind === 'property') declareProperty(item)
  })
  // The record of the whole run goes to the process that reports it along with the file.
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the pattern to see which fixtures are used
  afterAll(async ({}, file) => {
    const record = await takeRecord()
    if (record !== undefined) file.meta.record = record
  })
})

function idsOf({ items }: Spec): RequirementId[] {
  return items.flatMap((item) => ('id' in item && item.kind !== 'observation' ? [item.id] : [])).sort()
}

function declareTest(id: RequirementId): void {
  const { level, title } = requirementOf(id)
  test(`${id} (${level}) ${title}`, async ({ task, skip }) => {
    const run = await theRun()
    const outcome = await run.specRun.outcome(id)
    task.meta.outcome = outcome
    if (outcome.verdict === 'inconclusive' || outcome.verdict === 'not-run')
      skip(outcome.reason ?? 'left out')
    if (outcome.verdict === 'broken') throw new NotConformant(`The suite broke: ${outcome.reason ?? ''}`)
    if (outcome.verdict === 'fail') throw new NotConformant(outcome.findings.map(sentence).join('\n'))
  })
}

function declareProperty({ name, sentence: title, ids }: Property): void {
  test(`generated: ${name} (${ids.join(', ')}) ${title}`, async ({ task, skip }) => {
    const { specRun } = await theRun()
    const made = await specRun.generated
    task.meta.property = name
    const own = made?.counterexamples.filter(({ property }) => property === name) ?? []
    if (own.length > 0)
      throw new NotConformant(
        own.map(({ requirement, finding }) => `${requirement}: ${sentence(finding)}`).join('\n'),
      )
    if (made === undefined || made.questions === 0) skip(made?.missing?.missing ?? 'left out')
  })
}

function sentence({ message, expected, actual }: Finding): string {
  return `${message}\n  expected: ${JSON.stringify(expected)}\n  seen: ${JSON.stringify(actual)}`
}
