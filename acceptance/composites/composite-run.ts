import { z } from 'zod'
import { isRequirementId, type RequirementId } from '../../src/contract/catalogue.ts'
import type { RunRecord } from '../../src/record/run-record.ts'
import type { Cause, Composite } from '../../src/reference/composites/composite.ts'
import { compositeOptions, composites, randomComposites } from '../../src/reference/composites/index.ts'
import { patient, runAgainst } from '../run-against.ts'

/** A run to do: against a composite of the catalogue, or against one that is combined at random from a seed. */
export const compositeJob = z.object({
  name: z.string(),
  random: z.object({ seed: z.number(), count: z.number(), index: z.number() }).optional(),
})
export type CompositeJob = z.infer<typeof compositeJob>

const requirementIds = z
  .array(z.custom<RequirementId>((value) => typeof value === 'string' && isRequirementId(value)))
  .readonly()

/** What a run says of one composite, compared with what it must say. */
export const compositeResult = z.object({
  name: z.string(),
  sentence: z.string(),
  failed: requirementIds,
  blocked: requirementIds,
  /** Must fail, and do not. */
  missed: requirementIds,
  /** Fail although the server keeps them, or breaks them only as a consequence. */
  false_reds: requirementIds,
  /** Pass although nothing can exercise them on this server. */
  vacuous: requirementIds,
  /** Blocked by requirements that do not fail, or in an internal error. */
  groundless: requirementIds,
  causes: z.number(),
  /** Root causes that are not named. */
  unnamed: z.array(z.string()).readonly(),
  requests: z.number(),
  messages: z.array(z.string()).readonly(),
})
export type CompositeResult = z.infer<typeof compositeResult>

/** Runs the suite against one composite. */
export async function runComposite({ name, random }: CompositeJob): Promise<CompositeResult> {
  const list = random === undefined ? composites : randomComposites(random.seed, random.count)
  const composite = random === undefined ? list.find((one) => one.name === name) : list[random.index]
  if (composite === undefined) throw new Error(`Unknown composite ${name}.`)
  return compared(composite, await runAgainst(compositeOptions(composite), { ...patient, runs: 2 }))
}

function compared(composite: Composite, record: RunRecord): CompositeResult {
  const { mustFail, mayFail, blocked: mustBlock, causes } = composite
  const idsOf = (verdict: string) =>
    record.outcomes.flatMap((one) => (one.verdict === verdict ? [one.id] : []))
  const failed = idsOf('fail')
  const blocked = record.outcomes.filter(({ blockedBy }) => blockedBy !== undefined)
  const false_reds = failed.filter((id) => !mustFail.includes(id) && !mayFail.includes(id))
  const passed = new Set(idsOf('pass'))
  const groundless = blocked.filter(({ blockedBy = [] }) => !blockedBy.some((id) => failed.includes(id)))
  return {
    name: composite.name,
    sentence: composite.sentence,
    failed,
    blocked: blocked.map(({ id }) => id),
    missed: mustFail.filter((id) => !failed.includes(id)),
    false_reds,
    vacuous: mustBlock.flatMap(({ id }) => (passed.has(id) ? [id] : [])),
    groundless: [...groundless.map(({ id }) => id), ...idsOf('broken')].filter(isRequirementId),
    causes: causes.length,
    unnamed: causes.filter((cause) => !isNamed(cause, record)).map(shown),
    requests: record.traffic.requests,
    messages: record.outcomes
      .filter(({ id }) => false_reds.includes(id))
      .map(({ id, findings }) => `${id}: ${findings[0]?.message ?? 'no message'}`),
  }
}

/** Whether the record names a cause: the state of a feature, or a requirement that fails. */
function isNamed(cause: Cause, { attribution, outcomes }: RunRecord): boolean {
  if ('requirement' in cause)
    return outcomes.some(({ id, verdict }) => id === cause.requirement && verdict === 'fail')
  const known = attribution.capabilities.find(({ feature }) => feature === cause.feature)
  // Features of the answer have no state of their own: the requirements that promise them say it.
  return known === undefined || known.state === cause.state
}

function shown(cause: Cause): string {
  return 'requirement' in cause ? cause.requirement : `${cause.feature} ${cause.state}`
}
