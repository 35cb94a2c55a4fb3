/**
 * The confidence of a diagnosis. `certain`: it explains every failing response and contradicts none, and nothing else
 * comes near. `likely`: little speaks against it. `possible`: it explains some of what was seen.
 */
export type Certainty = 'certain' | 'likely' | 'possible'

/** A bug by its name in the catalogue of faults, in one sentence. */
export interface NamedFault {
  readonly fault: string
  readonly sentence: string
}

/** How far the answers support a name: what kind of bug it is, or by which mechanism it works. */
export type DiagnosisLevel = 'kind' | 'mechanism'

/** One bug that a server like the target would have, and what speaks for it. */
export interface Problem extends NamedFault {
  readonly certainty: Certainty
  /** `kind`: the sentence names a kind of bug, and the mechanism is not known. */
  readonly level?: DiagnosisLevel
  /** From the kind of the bug to what the sentence says, each a sentence. */
  readonly levels?: readonly string[]
  /** Mechanisms of this kind that are close and that the responses do not tell apart. */
  readonly alternatives?: readonly NamedFault[]
  /** For a response that belongs to another request: the exchange of that request. */
  readonly other_exchange?: number
  /** What usually causes it in a server, and a suggested fix. */
  readonly typical_cause: string
  readonly suggested_fix: string
  /** Other bugs of the catalogue that return the same responses. */
  readonly indistinguishable: readonly NamedFault[]
  /** Failing answers that a server with this bug would have given too. */
  readonly explains: number
  /** Right answers that a server with this bug would not have given. */
  readonly contradicts: number
  /** The requirements that it breaks. */
  readonly requirements: readonly string[]
  /** The exchange that shows it best. */
  readonly exchange: number
}

/** What most of the answers that nothing explains have in common, as a clause, and how many of them have it. */
export interface UnexplainedTrait {
  readonly trait: string
  readonly answers: number
  /** The number of the last request that was answered at all, where most of these came after it. */
  readonly last_answered?: number
}

/** What is wrong with the target, as far as the catalogue of faults can say. */
export interface Diagnosis {
  /** The bugs that together explain most, the one that explains most first; none where nothing fits. */
  readonly problems: readonly Problem[]
  /** Bugs that explain less. */
  readonly others: readonly (NamedFault & { readonly explains: number; readonly contradicts: number })[]
  /** Answers that a correct server would not have given. */
  readonly failing: number
  /** Answers that a correct server would have given and that the bugs were held against. */
  readonly compared: number
  /** Failing answers that no bug above explains, and the smallest of them. */
  readonly unexplained: number
  readonly unexplained_exchange?: number
  readonly unexplained_trait?: UnexplainedTrait
  /** Why there is no diagnosis. */
  readonly missing?: string
}
