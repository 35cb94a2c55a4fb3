import { z } from 'zod'
import { type RequirementId, requirementOf } from '../../src/contract/catalogue.ts'
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
import type { Diagnosis, Problem } from '../../src/verdict/diagnosis.ts'
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
  /** Whether the fault is named first, or every bug of a composite by its mechanism or among the alternatives of its kind. */
  named: z.boolean(),
  /** How many bugs the server has, and how many of them are named. */
  causes: z.number(),
  causesNamed: z.number(),
  /** Whether every bug is named by its mechanism. */
  mechanismsNamed: z.boolean(),
  /** Whether the kind is right without the fault in the dictionary, or the kinds of all bugs of a composite are. */
  kindRight: z.boolean(),
  /** Whether a mechanism is named that is none of the server's. */
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
export const diagnosable = faults.filter(({ violates }) => violates.some(breaksMust))

/** Whether it is a MUST requirement. */
export function breaksMust(id: RequirementId): boolean {
  return requirementOf(id).level === 'MUST'
}

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
  return (diagnosis?.problems ?? []).flatMap(namesOf)
}

function namesOf({ fault, indistinguishable }: Problem): readonly string[] {
  return [fault, ...indistinguishable.map((one) => one.fault)]
}

/** Diagnoses one server, with and without its fault in the dictionary. */
export async function tryDiagnosis(job: TrialJob): Promise<TrialAnswer> {
  if ('fault' in job) {
    const fault = faultNamed(job.fault)
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
  const named = first !== undefined && namesOf(first).includes(name)
  return {
    name,
    named,
    causes: 1,
    causesNamed: Number(named),
    mechanismsNamed: named,
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
  const judged = composites.includes(composite)
    ? judgePublic(composite, diagnosis)
    : judgeCombined(composite.name.split('+').map(faultNamed), diagnosis)
  return { name: composite.name, ...judged, said: saidBy(diagnosis), heldSaid: '' }
}

type Judgement = Omit<TrialAnswer, 'name' | 'said' | 'heldSaid'>

/** Of a public server it is known which requirements it breaks: each has to be explained by a mechanism. */
function judgePublic({ mustFail }: Composite, diagnosis: Diagnosis | undefined): Judgement {
  const problems = diagnosis?.problems ?? []
  const explained = new Set(problems.flatMap(({ requirements }) => requirements))
  const named = mustFail.filter((id) => explained.has(id)).length
  const whole = named === mustFail.length && problems.every(({ level }) => level === 'mechanism')
  const kinds = mustFail.map(kindOfBug)
  const wrong = mechanismsIn(problems).filter((problem) => !kinds.includes(kindIn(problem)))
  return {
    named: whole,
    causes: mustFail.length,
    causesNamed: named,
    mechanismsNamed: whole,
    kindRight: kinds.every((kind) => problems.some((problem) => kindIn(problem) === kind)),
    ...wrongIn(wrong),
  }
}

function judgeCombined(bugs: readonly Fault[], diagnosis: Diagnosis | undefined): Judgement {
  const problems = diagnosis?.problems ?? []
  const mechanisms = namesIn(diagnosis)
  const alternatives = problems.flatMap((problem) => (problem.alternatives ?? []).map(({ fault }) => fault))
  const named = bugs.filter(({ name }) => mechanisms.includes(name) || alternatives.includes(name))
  const names = new Set(bugs.map(({ name }) => name))
  const kinds = bugs.map(kindsOf)
  const wrong = mechanismsIn(problems).filter((problem) =>
    // What a response shows by itself has names of its own.
    namesOf(problem).some((name) => faults.some((fault) => fault.name === name))
      ? !namesOf(problem).some((name) => names.has(name))
      : !kinds.flat().includes(kindIn(problem)),
  )
  return {
    named: named.length === bugs.length,
    causes: bugs.length,
    causesNamed: named.length,
    mechanismsNamed: bugs.every(({ name }) => mechanisms.includes(name)),
    kindRight: kinds.every((right) => problems.some((problem) => right.includes(kindIn(problem)))),
    ...wrongIn(wrong),
  }
}

function mechanismsIn(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ level }) => level === 'mechanism')
}

function kindIn({ levels }: Problem): string {
  return levels?.[0] ?? ''
}

function wrongIn(problems: readonly Problem[]): Pick<TrialAnswer, 'misleading' | 'wronglyCertain'> {
  return {
    misleading: problems.length > 0,
    wronglyCertain: problems.some(({ certainty }) => certainty === 'certain'),
  }
}

function faultNamed(name: string): Fault {
  const found = faults.find((one) => one.name === name)
  if (found === undefined) throw new Error(`There is no fault ${name}.`)
  return found
}

function saidBy(diagnosis: Diagnosis | undefined): string {
  if (diagnosis === undefined) return 'no diagnosis'
  return diagnosis.problems
    .map(({ certainty, level, fault, sentence }) => `${certainty}: ${level === 'kind' ? sentence : fault}`)
    .join('; ')
}
