import type { RunRecord } from '../check/conformance-run.ts'
import { ValueTable } from '../oracle/answer.ts'
import { standardBehaviour } from '../reference/behaviour.ts'
import { faults as catalogue } from '../reference/faults/index.ts'
import type { Certainty, Diagnosis, NamedFault, Problem } from '../verdict/diagnosis.ts'
import { type Candidate, scoreOf } from './candidate.ts'
import { sizeOf } from './choose.ts'
import { AnswerReader } from './read-raw-answer.ts'
import { rehearse } from './rehearse.ts'
import { type Asked, sceneOf } from './scene.ts'
import { search } from './search.ts'
import { sortAnswers } from './sort-answers.ts'
import { Stage } from './stage.ts'

/** Others than these are not worth a look. */
const mostOthers = 3

/**
 * Says what is wrong with the target: which faults of the catalogue would have answered as it did, held
 * against the answers of a correct server. Sends nothing.
 * @returns nothing where no requirement failed
 */
export async function diagnose(record: RunRecord, faults = catalogue): Promise<Diagnosis | undefined> {
  const failed = record.outcomes.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)
  if (failed.length === 0) return undefined
  const scene = sceneOf(record)
  const stage = new Stage(scene, new AnswerReader(new ValueTable(record.evidence.values)))
  const sound = await rehearse(stage, standardBehaviour, scene.asked)
  const answers = sortAnswers(scene, sound, record)
  const { candidates, held } = await search(faults, stage, answers, sound)
  const [best] = candidates.filter((one) => scoreOf(one) > 0)
  const counts = { failing: held.failing.length, compared: held.agreeing.length }
  if (best === undefined)
    return { problems: [], others: [], ...counts, ...unexplained(held.failing, new Set()) }
  const twins = candidates.filter((one) => one !== best && alike(one, best))
  const rest = candidates.filter((one) => one !== best && !twins.includes(one))
  return {
    problems: [problemOf(best, twins, certaintyOf(best, rest[0], counts.failing), failed, held.failing)],
    others: rest.slice(0, mostOthers).map((one) => ({
      ...named(one),
      explains: one.explains.size,
      contradicts: one.contradicts.size,
    })),
    ...counts,
    ...unexplained(held.failing, best.explains),
  }
}

function alike(a: Candidate, b: Candidate): boolean {
  return same(a.explains, b.explains) && same(a.contradicts, b.contradicts)
}

function same(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one))
}

function certaintyOf(best: Candidate, next: Candidate | undefined, failing: number): Certainty {
  const { explains, contradicts } = best
  const ahead = scoreOf(best) - (next === undefined ? 0 : scoreOf(next))
  if (explains.size === failing && contradicts.size === 0 && failing >= 3 && ahead >= 2) return 'certain'
  return explains.size >= 0.8 * failing && contradicts.size <= 0.1 * failing ? 'likely' : 'possible'
}

function problemOf(
  best: Candidate,
  twins: readonly Candidate[],
  certainty: Certainty,
  failed: readonly string[],
  failing: readonly Asked[],
): Problem {
  return {
    ...named(best),
    certainty,
    cause: '',
    mend: '',
    alike: twins.map(named),
    explains: best.explains.size,
    contradicts: best.contradicts.size,
    requirements: failed,
    exchange: smallest(failing.filter(({ exchange }) => best.explains.has(exchange.id))) ?? 0,
  }
}

function named({ faults }: Candidate): NamedFault {
  const [fault] = faults
  return { fault: fault?.name ?? '', sentence: fault?.sentence ?? '' }
}

function unexplained(
  failing: readonly Asked[],
  explained: ReadonlySet<number>,
): Pick<Diagnosis, 'unexplained' | 'unexplained_exchange'> {
  const left = failing.filter(({ exchange }) => !explained.has(exchange.id))
  const exchange = smallest(left)
  return { unexplained: left.length, ...(exchange === undefined ? {} : { unexplained_exchange: exchange }) }
}

function smallest(asked: readonly Asked[]): number | undefined {
  return asked.toSorted((a, b) => sizeOf(a.answer) - sizeOf(b.answer))[0]?.exchange.id
}
