import type { Behaviour, Override } from '../reference/behaviour.ts'
import type { Fault } from '../reference/faults/fault.ts'
import { withOverride } from '../reference/standard-behaviour.ts'
import type { ObservedRequest } from './observed-run.ts'
import { priorRequests } from './prior-requests.ts'
import type { ReplayEnvironment } from './replay-environment.ts'
import { replayOnReference } from './replay-on-reference.ts'
import { sameAnswer } from './same-answer.ts'
import type { SortedAnswers } from './sort-answers.ts'

/** One bug, or several at once, held against the answers of the target. */
export interface Candidate {
  readonly faults: readonly Fault[]
  /** Failing answers that it gives too. */
  readonly explains: ReadonlySet<number>
  /** Those of them that were left before they had said anything: others would have answered alike. */
  readonly unheard: ReadonlySet<number>
  /** Right answers that it does not give. */
  readonly contradicts: ReadonlySet<number>
}

/** A server with all of these bugs. */
export function behaviourWith(faults: readonly { readonly override: Override }[]): Behaviour {
  return faults.reduce<Behaviour>(
    (base, { override }) => withOverride(override, base),
    withOverride(() => ({})),
  )
}

/** How often a server that errs now and then is asked the same. */
const patience = 45

/**
 * Asks a server with these bugs what the target was asked. What shows now and then is asked until the answer
 * is the target's.
 */
export async function scoreCandidate(
  faults: readonly Fault[],
  stage: ReplayEnvironment,
  { failing, agreeing }: SortedAnswers,
): Promise<Candidate> {
  const explains = new Set<number>()
  const unheard = new Set<number>()
  const contradicts = new Set<number>()
  const failed = new Set(failing)
  const judged = new Set([...failing, ...agreeing])
  const chosen = [...judged, ...priorRequests(stage.run, judged)].sort(
    (a, b) => a.exchange.id - b.exchange.id,
  )
  const patient = mayErr(faults)
  await replayOnReference(stage, behaviourWith(faults), chosen, (asked, answer, times) => {
    if (!judged.has(asked)) return false
    const same = sameAnswer(asked, answer)
    const { id } = asked.exchange
    if (failed.has(asked) && same) explains.add(id)
    if (failed.has(asked) && same && wasUnheard(asked)) unheard.add(id)
    if (!failed.has(asked)) contradicts[same ? 'delete' : 'add'](id)
    return patient && !same && times < patience
  })
  return { faults, explains, unheard, contradicts }
}

function wasUnheard({ answer: { body }, exchange: { stream } }: ObservedRequest): boolean {
  return body.kind === 'stream' && body.frames.length === 0 && stream?.end === 'enough'
}

/** Whether these bugs show in some runs only. */
export function mayErr(faults: readonly Fault[]): boolean {
  return faults.some(({ sometimes }) => sometimes === true)
}

/** Answers that it gets right less those that it gets wrong. */
export function scoreOf({ explains, contradicts }: Candidate): number {
  return explains.size - contradicts.size
}
