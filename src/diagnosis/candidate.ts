import { type Alter, altered, type Behaviour } from '../reference/behaviour.ts'
import type { Fault } from '../reference/faults/fault.ts'
import { rehearse } from './rehearse.ts'
import { sameAnswer } from './same-answer.ts'
import type { Asked } from './scene.ts'
import type { SortedAnswers } from './sort-answers.ts'
import type { Stage } from './stage.ts'

/** One bug, or several at once, held against the answers of the target. */
export interface Candidate {
  readonly faults: readonly Fault[]
  /** Failing answers that it gives too. */
  readonly explains: ReadonlySet<number>
  /** Right answers that it does not give. */
  readonly contradicts: ReadonlySet<number>
}

/** A server with all of these bugs. */
export function behaviourWith(faults: readonly { readonly alter: Alter }[]): Behaviour {
  return faults.reduce<Behaviour>(
    (base, { alter }) => altered(alter, base),
    altered(() => ({})),
  )
}

/** Asks a server with these bugs what the target was asked. */
export async function hold(
  faults: readonly Fault[],
  stage: Stage,
  { failing, agreeing }: SortedAnswers,
): Promise<Candidate> {
  const explains = new Set<number>()
  const contradicts = new Set<number>()
  const failed = new Set(failing)
  const chosen = [...failing, ...agreeing].sort((a, b) => a.exchange.id - b.exchange.id)
  await rehearse(stage, behaviourWith(faults), chosen, (asked: Asked, answer) => {
    const same = sameAnswer(asked.answer, answer)
    if (failed.has(asked) && same) explains.add(asked.exchange.id)
    if (!failed.has(asked) && !same) contradicts.add(asked.exchange.id)
    return false
  })
  return { faults, explains, contradicts }
}

/** Answers that it gets right less those that it gets wrong. */
export function scoreOf({ explains, contradicts }: Candidate): number {
  return explains.size - contradicts.size
}
