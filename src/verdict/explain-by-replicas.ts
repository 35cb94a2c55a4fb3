import { type RequirementId, requirementOf } from '../contract/catalogue.ts'
import type { Finding } from '../oracle/finding.ts'
import type { Outcome } from './outcome.ts'

/** Answers to one request that differ: what only some of them show. Plain data, since a record keeps it. */
export interface Replicas {
  readonly disputed: readonly string[]
  /** No two answers have an event in common: the data is made up for each. */
  readonly random?: true
  /** Events that some responses may have lacked earlier in the run, while the thread grew. */
  readonly recent?: readonly string[]
  /** Two exchanges that differ. */
  readonly exchanges: readonly number[]
}

const areas: ReadonlySet<string> = new Set(['envelope', 'order', 'pagination', 'filter', 'stream'])

/** Whether replicas might explain a finding of this requirement. */
export function mayComeOfReplicas(id: RequirementId): boolean {
  return areas.has(requirementOf(id).area) || id === 'INP-02' || id === 'INP-03'
}

/**
 * Takes back findings that replicas explain: a page compared with what another copy showed. Leaks, refusals and the form
 * of events stay. Without a failing INP-03 nothing is taken back.
 */
export function explainByReplicas(
  outcomes: readonly Outcome[],
  replicas: Replicas | undefined,
): readonly Outcome[] {
  const cause = outcomes.find(({ id }) => id === 'INP-03')
  if (replicas === undefined || cause?.verdict !== 'fail') return outcomes
  const taken = new Set<RequirementId>()
  const judged = outcomes.map((outcome): Outcome => {
    const { id, verdict, findings } = outcome
    if (verdict !== 'fail' || !mayComeOfReplicas(id)) return outcome
    const rest = findings.filter((finding) => finding.kind === 'replicas' || !isExplained(finding, replicas))
    if (id === 'INP-03' && rest.length === 0) return outcome
    if (rest.length > 0) return { ...outcome, findings: rest }
    taken.add(id)
    return { ...blocked(['INP-03']), id }
  })
  // Every blocker fails: what waited for one of those waits for INP-03.
  return judged.map((outcome) => {
    const { id, blockedBy = [] } = outcome
    if (!blockedBy.some((one) => taken.has(one))) return outcome
    return { ...blocked([...new Set(blockedBy.map((one) => (taken.has(one) ? cause.id : one)))]), id }
  })
}

function blocked(blockedBy: readonly RequirementId[]): Omit<Outcome, 'id'> {
  return {
    verdict: 'inconclusive',
    judged: 0,
    findings: [],
    blockedBy,
    reason: `blocked by ${blockedBy.join(', ')}`,
  }
}

function isExplained(
  { kind, message, expected, actual }: Finding,
  { disputed, recent, random }: Replicas,
): boolean {
  if (random === true) return true
  if (/^(has-more|too-few|too-many)/.test(kind)) return true
  const text = JSON.stringify([message, expected, actual])
  return [...disputed, ...(recent ?? [])].some((id) => text.includes(id))
}
