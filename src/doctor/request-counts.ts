import type { RequirementId } from '../contract/catalogue.ts'
import type { Spec } from '../spec-dsl/spec-items.ts'
import type { TargetState } from '../targets/target-state.ts'
import { shortfalls } from './shortfall.ts'

/** How many requests a run makes, counted on the embedded server. */
export interface RequestCounts {
  /** Events of the thread that was judged. */
  readonly events: number
  /** Requests that no check asks: the preparation, and what is read again. */
  readonly others: number
  /** Requests about live sessions. */
  readonly live: number
  /** Requests about each world of generated data. */
  readonly perWorld: number
  /** Further requests for a hundred events more. */
  readonly perHundredEvents: number
  /** The requests of each check: those that no check before it asks, and all. */
  readonly checks: Readonly<Record<string, readonly [own: number, asked: number]>>
}

/** What decides how many requests a run makes. */
interface Extent {
  readonly only: readonly string[]
  readonly runs: number
  readonly maxRequests?: number | undefined
  readonly hasControl: boolean
}

/**
 * About how many requests a run makes. An estimate: the target's data differs, and failing checks are repeated.
 * @param counts those of the revision
 */
export function expectedRequests(
  counts: RequestCounts,
  specs: readonly Spec[],
  state: TargetState,
  extent: Extent,
): number {
  const lacking = shortfalls(specs, extent.only, state).flatMap(({ requirements }) => requirements)
  return requestsOf(counts, specs, extent, lacking, state.thread?.events.length ?? 0)
}

/** About how many requests a run makes, before anything is known of the target. */
export function plannedRequests(counts: RequestCounts, specs: readonly Spec[], extent: Extent): number {
  return requestsOf(counts, specs, extent, extent.hasControl ? [] : needControl, counts.events)
}

const needControl: readonly RequirementId[] = ['PAG-12', 'SSE-09']

function requestsOf(
  counts: RequestCounts,
  specs: readonly Spec[],
  { only, runs, maxRequests, hasControl }: Extent,
  lacking: readonly RequirementId[],
  events: number,
): number {
  const { checks } = counts
  const sum = (ids: readonly string[], which: 0 | 1) =>
    ids.reduce((total, id) => total + (checks[id]?.[which] ?? 0), 0)
  const all = only.length === 0
  const selected = idsIn(specs, only).filter((id) => !lacking.includes(id))
  const generates = hasControl && (all || only.includes('model'))
  const further = (events - counts.events) * (counts.perHundredEvents / 100)
  const total =
    counts.others +
    (all ? sum(Object.keys(checks), 0) - sum(lacking, 0) + further : sum(selected, 1)) +
    (hasControl && (all || selected.includes('SSE-09') || selected.includes('PAG-12')) ? counts.live : 0) +
    (generates ? runs * counts.perWorld : 0)
  return Math.round(Math.min(maxRequests ?? Number.POSITIVE_INFINITY, Math.max(counts.others, total)))
}

function idsIn(specs: readonly Spec[], only: readonly string[]): RequirementId[] {
  return specs.flatMap(({ area, items }) =>
    items.flatMap((item) =>
      'id' in item && item.kind !== 'observation' && (only.includes(item.id) || only.includes(area))
        ? [item.id]
        : [],
    ),
  )
}
