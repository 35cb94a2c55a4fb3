import type { Area, RequirementId, SentenceOf } from '../contract/catalogue.ts'
import type { Revision } from '../contract/revisions/revision.ts'
import type { History } from '../oracle/history.ts'
import type { Property } from '../properties/property.ts'
import type { UnmetPrecondition } from '../record/unmet-precondition.ts'
import type { Precondition } from '../targets/preconditions.ts'
import type { CheckContext } from './check-context.ts'
import type { HistoryVerdict } from './history-verdict.ts'

/** A requirement's check that asks the target: what it needs, and the questions with their judgement. */
export interface AskingCheck {
  readonly kind: 'asking'
  readonly id: RequirementId
  readonly sentence: string
  readonly needs: readonly Precondition[]
  readonly run: (context: CheckContext) => Promise<void>
}

/** A requirement's check that asks nothing: a pure judge of every exchange that the others had. */
export interface HistoryCheck {
  readonly kind: 'history'
  readonly id: RequirementId
  readonly sentence: string
  readonly judge: (history: History) => HistoryVerdict
  /** What would have made a verdict possible, for a run in which nothing was judged. */
  readonly missing: UnmetPrecondition
  /** Requests that only this judge needs, in addition to those of the other checks. */
  readonly probe:
    | {
        readonly needs: readonly Precondition[]
        readonly run: (context: CheckContext) => Promise<void>
        /** Whether they make up for the credentials, queries and headers of the other checks, where these are left out. */
        readonly suffices?: boolean
      }
    | undefined
}

/** A question that the documents leave open: recorded, never judged. */
export interface Observation {
  readonly kind: 'observation'
  readonly id: string
  readonly question: string
  readonly needs: readonly Precondition[]
  readonly look: (context: CheckContext) => Promise<string>
  /** The revisions that leave the question open; without it, all. */
  readonly concerns?: ((revision: Revision) => boolean) | undefined
}

export type SpecItem = AskingCheck | HistoryCheck | Observation | Property

/** One area of the contract with its checks, as one spec file states them. */
export interface Spec {
  readonly area: Area | 'live' | 'model'
  readonly items: readonly SpecItem[]
}

/** A check that asks the target, for one requirement. */
export function check<Id extends RequirementId>(
  id: Id,
  sentence: SentenceOf<Id>,
  { needs }: { readonly needs: readonly Precondition[] },
  run: (context: CheckContext) => Promise<void>,
): AskingCheck {
  return { kind: 'asking', id, sentence, needs, run }
}

/** A check that judges all exchanges of the run, for one requirement. */
export function overHistory<Id extends RequirementId>(
  id: Id,
  sentence: SentenceOf<Id>,
  missing: HistoryCheck['missing'],
  judge: HistoryCheck['judge'],
  probe?: HistoryCheck['probe'],
): HistoryCheck {
  return { kind: 'history', id, sentence, judge, missing, probe }
}

/** A promise about generated data. */
export function property(name: string, sentence: string, ids: readonly RequirementId[]): Property {
  return { kind: 'property', name, sentence, ids }
}

/** An open question about the target. */
export function observe(
  id: string,
  question: string,
  needs: readonly Precondition[],
  look: (context: CheckContext) => Promise<string>,
  concerns?: Observation['concerns'],
): Observation {
  return { kind: 'observation', id, question, needs, look, concerns }
}
