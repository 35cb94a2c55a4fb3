import type { RunRecord } from '../check/conformance-run.ts'
import type { Answer } from '../oracle/answer.ts'
import type { Answers } from './rehearse.ts'
import { sameAnswer } from './same-answer.ts'
import type { Asked, Scene } from './scene.ts'

/** The answers of the target, held against those of a correct server. */
export interface SortedAnswers {
  /** What a correct server would not have answered. */
  readonly failing: readonly Asked[]
  /** What a correct server would have answered too. */
  readonly agreeing: readonly Asked[]
}

/** Tells failing answers from right ones. What differs only where the contract leaves a choice is neither. */
export function sortAnswers(scene: Scene, sound: Answers, { outcomes }: RunRecord): SortedAnswers {
  const blamed = new Set(
    outcomes
      .filter(({ verdict }) => verdict === 'fail')
      .flatMap(({ findings }) => findings.flatMap(({ exchanges }) => exchanges)),
  )
  const failing: Asked[] = []
  const agreeing: Asked[] = []
  for (const asked of scene.asked) {
    const right = sound.get(asked.exchange.id)
    if (right === undefined) continue
    if (sameAnswer(asked, right)) agreeing.push(asked)
    else if (blamed.has(asked.exchange.id) || isGrave(asked, right)) failing.push(asked)
  }
  return { failing, agreeing }
}

// A refusal may have one of several statuses and any words, and some headers are advice.
function isGrave({ exchange, answer: seen }: Asked, right: Answer): boolean {
  if (seen.failure !== null) return true
  if (seen.status >= 400 && right.status >= 400) return seen.status >= 500
  if (seen.status !== right.status) return true
  return !sameAnswer(
    { exchange, answer: { ...seen, varies: right.varies, challenge: right.challenge } },
    right,
  )
}
