import type { Area, RequirementId } from '../contract/catalogue.ts'
import type { Case } from '../oracle/case.ts'
import type { Finding } from '../oracle/finding.ts'
import type { History } from '../oracle/history.ts'
import type { Missing, Need } from './needs.ts'
import type { Trial } from './trial.ts'

/** A requirement's check that asks the target: what it needs, and the questions with their judgement. */
export interface AskingCheck {
  readonly kind: 'asking'
  readonly id: RequirementId
  readonly needs: readonly Need[]
  readonly run: (trial: Trial) => Promise<void>
}

/** What a judge of the whole history found, and how many cases it judged. */
export interface HistoryVerdict {
  readonly findings: readonly Finding[]
  /** Findings that a change over time would explain as well: they count only when asking again shows them. */
  readonly tentative?: readonly Finding[]
  readonly judged: number
  /** The cases one by one, for a requirement whose cases rely on features of the requests. */
  readonly cases?: readonly Case[]
}

/** A requirement's check that asks nothing: a pure judge of every exchange that the others had. */
export interface HistoryCheck {
  readonly kind: 'history'
  readonly id: RequirementId
  readonly judge: (history: History) => HistoryVerdict
  /** What would have let it judge something, for a run in which nothing did. */
  readonly missing: Missing
  /** What is asked for this judge's sake, besides what the other checks ask. */
  readonly probe:
    | { readonly needs: readonly Need[]; readonly run: (trial: Trial) => Promise<void> }
    | undefined
}

/** A question that the documents leave open: recorded, never judged. */
export interface Observation {
  readonly kind: 'observation'
  readonly id: string
  readonly question: string
  readonly needs: readonly Need[]
  readonly look: (trial: Trial) => Promise<string>
}

/**
 * A promise that is judged on data that nobody wrote by hand. All properties judge the same generated questions; what
 * they find falls on the requirements that they name.
 */
export interface Property {
  readonly kind: 'property'
  readonly name: string
  readonly sentence: string
  readonly ids: readonly RequirementId[]
}

export type SpecItem = AskingCheck | HistoryCheck | Observation | Property

/** One area of the contract with its checks, as one spec file states them. */
export interface Spec {
  readonly area: Area | 'live' | 'model'
  readonly items: readonly SpecItem[]
}

/** A check that asks the target, for one requirement. */
export function check(
  id: RequirementId,
  needs: readonly Need[],
  run: (trial: Trial) => Promise<void>,
): AskingCheck {
  return { kind: 'asking', id, needs, run }
}

/** A check that judges all exchanges of the run, for one requirement. */
export function overHistory(
  id: RequirementId,
  missing: HistoryCheck['missing'],
  judge: HistoryCheck['judge'],
  probe?: HistoryCheck['probe'],
): HistoryCheck {
  return { kind: 'history', id, judge, missing, probe }
}

/** A promise about generated data. */
export function property(name: string, sentence: string, ids: readonly RequirementId[]): Property {
  return { kind: 'property', name, sentence, ids }
}

/** An open question about the target. */
export function observe(
  id: string,
  question: string,
  needs: readonly Need[],
  look: (trial: Trial) => Promise<string>,
): Observation {
  return { kind: 'observation', id, question, needs, look }
}
