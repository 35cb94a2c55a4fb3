import type { RequirementId } from '../../src/contract/catalogue.ts'
import type { RunPlan } from '../../src/runner/run-plan.ts'

/** A hostile target that is open. */
export interface OpenServer {
  readonly baseUrl: string
  /** The token that it takes; any where it takes all. */
  readonly token?: string
  readonly ids?: Partial<RunPlan['target']['ids']>
  /** Further environment of the process that judges it. */
  readonly env?: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** What a run against a hostile target must say: why nothing could be judged, or what it breaks. */
export type Expectation =
  /** The one sentence of a run that judged nothing. */
  | { readonly sentence: RegExp }
  /** Requirements that must be among the failing ones, what one of their findings and what the terminal must say. */
  | { readonly findings: readonly RequirementId[]; readonly saying?: RegExp; readonly terminal?: RegExp }
  /** Nothing is wrong by the contract: the run must pass and come to no harm. */
  | { readonly passes: true; readonly saying?: RegExp }

/** For targets that let their clients wait: deadlines that end soon. */
export const impatient = { timeoutMs: 700 } as const

/** One hostile server. */
export interface HostileServer {
  readonly name: string
  /** What it does to its clients, in one sentence. */
  readonly what: string
  readonly serve: () => Promise<OpenServer>
  readonly expects: Expectation
  /** Overrides of the default deadlines and bounds. */
  readonly plan?: Partial<RunPlan>
}
