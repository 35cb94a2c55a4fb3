import type { Fault } from '../reference/faults/fault.ts'
import type { ReplayEnvironment } from './replay-environment.ts'
import type { AnswersByRequest } from './replay-on-reference.ts'
import { sampleFurtherRequests, sampleRequests } from './sample-requests.ts'
import { type Candidate, mayErr, scoreCandidate, scoreOf } from './score-candidate.ts'
import type { SortedAnswers } from './sort-answers.ts'

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
  stage: ReplayEnvironment,
  answers: SortedAnswers,
  sound: AnswersByRequest,
  deadline: number,
): Promise<Found> {
  const few = { failing: sampleRequests(answers.failing, screened, sound), agreeing: [] }
  const first: Candidate[] = []
  for (const fault of faults) {
    if (performance.now() > deadline) break
    const candidate = await scoreCandidate([...known, fault], stage, few)
    if (candidate.explains.size > 0) first.push(candidate)
  }
  const some = {
    failing: sampleRequests(answers.failing, closer.failing, sound),
    agreeing: sampleFurtherRequests(answers.failing, answers.agreeing, closer.agreeing),
  }
  const second = await heldAgain(first, closer.candidates, stage, some)
  const held = {
    failing: sampleRequests(answers.failing, closest.failing, sound),
    agreeing: sampleFurtherRequests(answers.failing, answers.agreeing, closest.agreeing),
  }
  const whole = performance.now() <= deadline
  return { candidates: await heldAgain(second, closest.candidates, stage, held), held, whole }
}

async function heldAgain(
  candidates: readonly Candidate[],
  most: number,
  stage: ReplayEnvironment,
  answers: SortedAnswers,
): Promise<Candidate[]> {
  const again: Candidate[] = []
  for (const { faults } of candidates.toSorted(byScore).slice(0, most))
    again.push(await scoreCandidate(faults, stage, answers))
  return again.sort(byScore)
}

// Of two that explain alike, what always shows is the likelier: a server that errs now and then explains much.
function byScore(a: Candidate, b: Candidate): number {
  return scoreOf(b) - scoreOf(a) || Number(mayErr(a.faults)) - Number(mayErr(b.faults))
}
