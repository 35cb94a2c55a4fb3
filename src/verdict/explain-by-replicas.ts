import { type RequirementId, requirementOf } from '../contract/catalogue.ts'
import type { Finding } from '../oracle/finding.ts'
import type { Outcome } from './outcome.ts'

/** Answers to one request that differ: what only some of them show. Plain data, since a record keeps it. */
export interface Replicas {
  readonly disputed: readonly string[]
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
  return outcomes.map((outcome) => {
    const { id, verdict, findings } = outcome
    if (verdict !== 'fail' || !mayComeOfReplicas(id)) return outcome
    const rest = findings.filter((finding) => finding.kind === 'replicas' || !isExplained(finding, replicas))
    if (id === 'INP-03' && rest.length === 0) return outcome
    if (rest.length > 0) return { ...outcome, findings: rest }
    return {
      id,
      verdict: 'inconclusive',
      judged: 0,
      findings: [],
      blockedBy: ['INP-03'],
      reason: 'blocked by INP-03',
    }
  })
}

function isExplained({ kind, message, expected, actual }: Finding, { disputed }: Replicas): boolean {
  if (/^(has-more|too-few|too-many)/.test(kind)) return true
  const text = JSON.stringify([message, expected, actual])
  return disputed.some((id) => text.includes(id))
}
