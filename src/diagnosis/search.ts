import type { Fault } from '../reference/faults/fault.ts'
import { type Candidate, hold, mayErr, scoreOf } from './candidate.ts'
import { choose, chooseBeside } from './choose.ts'
import type { Answers } from './rehearse.ts'
import type { SortedAnswers } from './sort-answers.ts'
import type { Stage } from './stage.ts'

const screened = 10
const closer = { candidates: 30, failing: 60, agreeing: 60 }
const closest = { candidates: 8, failing: 200, agreeing: 250 }

/** What the search came to: the candidates, the best first, and the answers that they were held against. */
export interface Found {
  readonly candidates: readonly Candidate[]
  readonly held: SortedAnswers
  /** Whether every fault was looked at. */
  readonly whole: boolean
}

/**
 * Looks for the faults that explain the failing answers: at all of them briefly, at few of them closely.
 * @param known bugs that the server is held to have besides
 * @param deadline by `performance.now()`; what was not looked at by then is left out
 */
export async function search(
  faults: readonly Fault[],
  known: readonly Fault[],
  stage: Stage,
  answers: SortedAnswers,
  sound: Answers,
  deadline: number,
): Promise<Found> {
  const few = { failing: choose(answers.failing, screened, sound), agreeing: [] }
  const first: Candidate[] = []
  for (const fault of faults) {
    if (performance.now() > deadline) break
    const candidate = await hold([...known, fault], stage, few)
    if (candidate.explains.size > 0) first.push(candidate)
  }
  const some = {
    failing: choose(answers.failing, closer.failing, sound),
    agreeing: chooseBeside(answers.failing, answers.agreeing, closer.agreeing),
  }
  const second = await heldAgain(first, closer.candidates, stage, some)
  const held = {
    failing: choose(answers.failing, closest.failing, sound),
    agreeing: chooseBeside(answers.failing, answers.agreeing, closest.agreeing),
  }
  const whole = performance.now() <= deadline
  return { candidates: await heldAgain(second, closest.candidates, stage, held), held, whole }
}

async function heldAgain(
  candidates: readonly Candidate[],
  most: number,
  stage: Stage,
  answers: SortedAnswers,
): Promise<Candidate[]> {
  const again: Candidate[] = []
  for (const { faults } of candidates.toSorted(byScore).slice(0, most))
    again.push(await hold(faults, stage, answers))
  return again.sort(byScore)
}

// Of two that explain alike, what always shows is the likelier: a server that errs now and then explains much.
function byScore(a: Candidate, b: Candidate): number {
  return scoreOf(b) - scoreOf(a) || Number(mayErr(a.faults)) - Number(mayErr(b.faults))
}
