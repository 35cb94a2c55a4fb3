import { z } from 'zod'
import { requirementOf } from '../../src/contract/catalogue.ts'
import { compareWithReference } from '../../src/diagnosis/compared-run.ts'
import { diagnose, diagnoseCompared } from '../../src/diagnosis/diagnose.ts'
import { kindOfBug, kindOfForeignAnswers } from '../../src/diagnosis/kinds.ts'
import type { RunRecord } from '../../src/record/run-record.ts'
import type { Composite } from '../../src/reference/composites/composite.ts'
import { compositeOptions, composites, randomComposites } from '../../src/reference/composites/index.ts'
import type { Fault } from '../../src/reference/faults/fault.ts'
import { faults } from '../../src/reference/faults/index.ts'
import { worldOfSeed } from '../../src/reference/world/default-world.ts'
import { namedWorld } from '../../src/reference/world/worlds.ts'
import type { Diagnosis } from '../../src/verdict/diagnosis.ts'
import { patient, runAgainst } from '../run-against.ts'
import { keptRecord } from './kept-record.ts'

/** A folder that keeps the records of the runs. */
const records = z.string().optional()

/** What a child process is asked: to diagnose a server with a fault, or a composite. */
export const trialJob = z.union([
  z.object({ fault: z.string(), records }),
  z.object({ seed: z.number(), count: z.number(), at: z.number(), records }),
  z.object({ composite: z.string(), records }),
])
export type TrialJob = z.infer<typeof trialJob>

/** The result of a trial; `held` is the diagnosis without the fault in the dictionary. */
export const trialAnswer = z.object({
  name: z.string(),
  /** Whether the fault is named first, or every bug of a composite is named. */
  named: z.boolean(),
  missing: z.array(z.string()),
  kindRight: z.boolean(),
  misleading: z.boolean(),
  wronglyCertain: z.boolean(),
  said: z.string(),
  heldSaid: z.string(),
})
export type TrialAnswer = z.infer<typeof trialAnswer>

/** Another world and another seed than those by which the catalogue was made. */
const worldSeed = 77
/** No deadline decides anything, however busy the machine is. */
const changes = { ...patient, runTimeoutMs: 900_000, seed: 3 }

/** Faults that break a MUST requirement: others open no diagnosis. */
export const diagnosable = faults.filter(({ violates }) =>
  violates.some((id) => requirementOf(id).level === 'MUST'),
)

/** The record of a run against a server with one fault. */
export async function recordWith({ override, world: named, generatedOnly }: Fault): Promise<RunRecord> {
  const world = (named === undefined ? undefined : namedWorld(named)) ?? worldOfSeed(worldSeed)
  const [session] = world.sessions
  const ids = named === undefined ? {} : { sessionId: session?.id, threadId: session?.threads[0]?.id }
  const runs = generatedOnly === true ? {} : { runs: 2 }
  return await runAgainst({ world, behaviour: override }, { ...changes, ...runs }, ids)
}

/** Everything that a diagnosis names as a bug, and what it cannot tell from it. */
export function namesIn(diagnosis: Diagnosis | undefined): readonly string[] {
  return (diagnosis?.problems ?? []).flatMap(({ fault, alike }) => [fault, ...alike.map((one) => one.fault)])
}

/** Diagnoses one server, with and without its fault in the dictionary. */
export async function tryDiagnosis(job: TrialJob): Promise<TrialAnswer> {
  if ('fault' in job) {
    const fault = faults.find(({ name }) => name === job.fault)
    if (fault === undefined) throw new Error(`There is no fault ${job.fault}.`)
    return await judgeFault(fault, await keptRecord(job.records, fault.name, () => recordWith(fault)))
  }
  const composite =
    'composite' in job
      ? composites.find(({ name }) => name === job.composite)
      : randomComposites(job.seed, job.count)[job.at]
  if (composite === undefined) throw new Error('There is no such composite.')
  const run = () => runAgainst(compositeOptions(composite), { ...changes, runs: 2 })
  return await judgeComposite(composite, await keptRecord(job.records, composite.name, run))
}

/** What the diagnosis says of the record of a server with one fault. */
async function judgeFault(fault: Fault, record: RunRecord): Promise<TrialAnswer> {
  const { name } = fault
  const compared = await compareWithReference(record)
  const diagnosed = async (known: readonly Fault[]) =>
    compared === undefined ? undefined : await diagnoseCompared(compared, known)
  const full = await diagnosed(faults)
  const held = await diagnosed(faults.filter((one) => one !== fault))
  const [first] = full?.problems ?? []
  // With both known, no answer of the run distinguishes it from the fault.
  const equivalents = namesIn(full).includes(name) ? namesIn(full) : []
  const wrong = (held?.problems ?? []).filter(
    (problem) =>
      problem.level === 'mechanism' && !equivalents.includes(problem.fault) && problem.fault !== name,
  )
  return {
    name,
    named: first !== undefined && [first.fault, ...first.alike.map((one) => one.fault)].includes(name),
    missing: [],
    kindRight: kindsOf(fault).includes(held?.problems[0]?.levels?.[0] ?? ''),
    misleading: wrong.length > 0,
    wronglyCertain: wrong.some(({ certainty }) => certainty === 'certain'),
    said: saidBy(full),
    heldSaid: saidBy(held),
  }
}

/** The kinds that are right for a fault. What mixes up requests is of two kinds. */
function kindsOf({ violates: [id] }: Fault): readonly string[] {
  return id === 'NEG-05' ? [kindOfBug(id), kindOfForeignAnswers] : [kindOfBug(id)]
}

/** What the diagnosis says of the record of a composite. */
async function judgeComposite(composite: Composite, record: RunRecord): Promise<TrialAnswer> {
  const diagnosis = await diagnose(record)
  const names = namesIn(diagnosis)
  const requirements = new Set(diagnosis?.problems.flatMap((problem) => problem.requirements) ?? [])
  const isPublic = composites.includes(composite)
  const missing = isPublic
    ? composite.mustFail.filter((id) => !requirements.has(id))
    : composite.name.split('+').filter((name) => !names.includes(name))
  const unproven = isPublic && diagnosis?.problems.some(({ level }) => level === 'kind') === true
  return {
    name: composite.name,
    named: missing.length === 0 && !unproven,
    missing: [...missing],
    kindRight: false,
    misleading: false,
    wronglyCertain: false,
    said: saidBy(diagnosis),
    heldSaid: '',
  }
}

function saidBy(diagnosis: Diagnosis | undefined): string {
  if (diagnosis === undefined) return 'no diagnosis'
  return diagnosis.problems
    .map(({ certainty, level, fault, sentence }) => `${certainty}: ${level === 'kind' ? sentence : fault}`)
    .join('; ')
}
