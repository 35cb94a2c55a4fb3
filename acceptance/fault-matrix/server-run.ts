import { z } from 'zod'
import { isRequirementId, type RequirementId } from '../../src/contract/catalogue.ts'
import { defaultRevision, revisionNamed } from '../../src/contract/revisions/index.ts'
import { applies, type Revision } from '../../src/contract/revisions/revision.ts'
import type { RunRecord } from '../../src/record/run-record.ts'
import type { Fault } from '../../src/reference/faults/fault.ts'
import { faults } from '../../src/reference/faults/index.ts'
import { laterFaults } from '../../src/reference/faults/later/index.ts'
import { variants } from '../../src/reference/variants/index.ts'
import type { Variant } from '../../src/reference/variants/variant.ts'
import { namedWorld } from '../../src/reference/world/worlds.ts'
import type { RunPlan } from '../../src/runner/run-plan.ts'
import type { Exchange } from '../../src/wire/exchange.ts'
import { patient, runAgainst } from '../run-against.ts'
import { detectionOf } from './detection.ts'

/** A run to do: against a server with this fault, or against this variant. */
export const serverJob = z.object({
  name: z.string(),
  /** Whether to check only the requirements that a fault declares, and to end the run once they have failed. */
  declaredOnly: z.boolean(),
  /** The revision that the server implements and is judged by. Default: the default revision. */
  revision: z.string().optional(),
})
export type ServerJob = z.infer<typeof serverJob>

const requirementIds = z
  .array(z.custom<RequirementId>((value) => typeof value === 'string' && isRequirementId(value)))
  .readonly()

const detection = z.object({
  fault: z.string(),
  sentence: z.string(),
  declared: requirementIds,
  failed: requirementIds,
  detected: z.boolean(),
  missed: requirementIds,
  undeclared: requirementIds,
  broken: requirementIds,
})

const variantResult = z.object({
  name: z.string(),
  sentence: z.string(),
  alarms: requirementIds,
  undecided: requirementIds,
})

/** The result of a run; `messages` are the findings of the requirements that failed unexpectedly. */
export const serverResult = z.object({
  detection: detection.optional(),
  variant: variantResult.optional(),
  messages: z.array(z.string()),
  wallMs: z.number(),
  cpuMs: z.number(),
})
export type ServerResult = z.infer<typeof serverResult>

/** For faults, some of which keep the suite waiting until a deadline. */
const impatient = { timeoutMs: 2_000, streamIdleMs: 800, streamTotalMs: 20_000 }

/** Runs the suite against one fault or variant. */
export async function runServer({ name, declaredOnly, revision }: ServerJob): Promise<ServerResult> {
  const began = performance.now()
  const cpu = process.cpuUsage()
  const result = await resultOf(name, declaredOnly, revisionOf(revision))
  const { user, system } = process.cpuUsage(cpu)
  return { ...result, wallMs: performance.now() - began, cpuMs: (user + system) / 1_000 }
}

async function resultOf(
  name: string,
  declaredOnly: boolean,
  revision: Revision,
): Promise<Pick<ServerResult, 'detection' | 'variant' | 'messages'>> {
  const known = [...faults, ...laterFaults].find((one) => one.name === name)
  if (known !== undefined) {
    const fault = faultIn(known, revision)
    const record = declaredOnly ? await runDeclared(fault, revision) : await runFault(fault, revision)
    const result = detectionOf(fault, record)
    return { detection: result, messages: messagesOf(record, [...result.undeclared, ...result.broken]) }
  }
  const variant = variants.find((one) => one.name === name)
  if (variant === undefined) throw new Error(`Unknown fault or variant ${name}.`)
  // With one attempt, a single response that misses its deadline is a finding.
  const record = await runAgainst(
    { ...serverOf(variant), ...spoken(revision) },
    { ...patient, attempts: 2, revision },
  )
  const alarms = idsWith(record, ['fail', 'broken'])
  const undecided = idsWith(record, ['inconclusive'])
  return {
    variant: { name, sentence: variant.sentence, alarms, undecided },
    messages: messagesOf(record, alarms),
  }
}

/**
 * Runs only the checks of the declared requirements, a tenth of a run. Some findings rely on the requests of other
 * checks: where a requirement does not fail by itself, the whole suite runs. It also runs where a requirement fails only
 * by requests that timed out, which a busy machine explains too.
 */
async function runDeclared(fault: Fault, revision: Revision): Promise<RunRecord> {
  // Generated data is not part of a requirement's own check.
  if (fault.generatedOnly === true) return runFault(fault, revision)
  const plan = { ...impatient, revision, only: fault.violates }
  const record = await runFaultWith(plan, fault, fault.violates)
  const { detected, broken } = detectionOf(fault, record)
  return detected && broken.length === 0 && !failsByTimeouts(fault, record)
    ? record
    : runFault(fault, revision)
}

function failsByTimeouts({ violates }: Fault, { exchanges, outcomes }: RunRecord): boolean {
  const late = new Set(exchanges.flatMap((exchange) => (timedOut(exchange) ? [exchange.id] : [])))
  return outcomes.some(
    ({ id, verdict, findings }) =>
      verdict === 'fail' &&
      violates.includes(id) &&
      findings.every((finding) => finding.exchanges.some((one) => late.has(one))),
  )
}

/**
 * Runs a fault with short deadlines. Where a deadline ended anything and the result is not exactly what the fault
 * declares, the machine may have been too busy for it, so patient deadlines decide.
 */
async function runFault(fault: Fault, revision: Revision): Promise<RunRecord> {
  const record = await runFaultWith({ ...impatient, revision }, fault)
  if (!record.exchanges.some(endedByDeadline)) return record
  const { detected, undeclared, broken } = detectionOf(fault, record)
  if (detected && undeclared.length + broken.length === 0) return record
  return runFaultWith({ ...patient, revision }, fault)
}

function revisionOf(name: string | undefined): Revision {
  return name === undefined ? defaultRevision : revisionNamed(name)
}

function spoken(revision: Revision | undefined): { readonly revision?: string } {
  return revision === undefined ? {} : { revision: revision.name }
}

// What a fault of another revision breaks there, as far as this one promises it.
function faultIn(fault: Fault, revision: Revision): Fault {
  const [first, ...others] = fault.violates.filter((id) => applies(revision, id))
  if (first === undefined) throw new Error(`${fault.name} breaks nothing of revision ${revision.name}.`)
  // A crash has a response of its own, without what this revision promises of errors.
  const further = first === 'INP-01' && applies(revision, 'ERR-05') ? (['ERR-05'] as const) : []
  return { ...fault, violates: [first, ...others], alsoAffects: [...(fault.alsoAffects ?? []), ...further] }
}

function timedOut({ failure }: Exchange): boolean {
  return failure?.kind === 'timeout'
}

function endedByDeadline(exchange: Exchange): boolean {
  const { stream } = exchange
  return timedOut(exchange) || ['first-byte', 'idle', 'total'].includes(stream?.end ?? '')
}

function runFaultWith(
  plan: Partial<RunPlan>,
  fault: Fault,
  stopAt: readonly RequirementId[] = [],
): Promise<RunRecord> {
  const world = fault.world === undefined ? undefined : namedWorld(fault.world)
  // What the checks find by themselves explains what generated data would add.
  const changes = fault.generatedOnly === true ? plan : { ...plan, runs: 2 }
  const server = { behaviour: fault.override, ...spoken(plan.revision) }
  if (world === undefined) return runAgainst(server, changes, {}, stopAt)
  // By default the suite chooses the thread with most events, which need not be the one the world is named for.
  const [session] = world.sessions
  const ids = { sessionId: session?.id, threadId: session?.threads[0]?.id }
  return runAgainst({ ...server, world }, changes, ids, stopAt)
}

function serverOf({ server, override }: Variant) {
  return { ...server, behaviour: override }
}

function idsWith(record: RunRecord, verdicts: readonly string[]): RequirementId[] {
  return record.outcomes.flatMap(({ id, verdict }) => (verdicts.includes(verdict) ? [id] : [])).toSorted()
}

function messagesOf({ outcomes }: RunRecord, ids: readonly RequirementId[]): string[] {
  return outcomes
    .filter(({ id }) => ids.includes(id))
    .map(({ id, findings, reason }) => `${id}: ${findings[0]?.message ?? reason ?? 'no message'}`)
}
