import type { Behaviour, Override } from '../reference/behaviour.ts'
import type { Fault } from '../reference/faults/fault.ts'
import { withOverride } from '../reference/standard-behaviour.ts'
import { type Differences, differingFacets, type Facet, hidesOthers } from './facets.ts'
import type { ObservedRequest } from './observed-run.ts'
import { priorRequests } from './prior-requests.ts'
import type { ReplayEnvironment } from './replay-environment.ts'
import { replayOnReference } from './replay-on-reference.ts'

/** A bug that the reference server can have: a fault of the catalogue, or what the answers show by themselves. */
export type Bug = Pick<Fault, 'name' | 'sentence' | 'violates' | 'override' | 'sometimes' | 'seen'>

/** What changes when a bug is added to a server. */
export interface Candidate {
  readonly bugs: readonly Bug[]
  /** `exchange facet`: differences that it removes. */
  readonly explains: ReadonlySet<string>
  /** `exchange facet`: differences that it adds. */
  readonly contradicts: ReadonlySet<string>
  /** How many differences remain. */
  readonly remains: number
}

/** A server with all of these bugs. */
export function behaviourWith(bugs: readonly { readonly override: Override }[]): Behaviour {
  return bugs.reduce<Behaviour>(
    (base, { override }) => withOverride(override, base),
    withOverride(() => ({})),
  )
}

/** How often a request is repeated on a server with a bug that shows only sometimes, and how many repeats there are in all. */
const patience = 45
const mostRepeats = 100

/** In which facets a server with these bugs answers otherwise than the target did. */
export async function differencesOf(
  bugs: readonly Bug[],
  stage: ReplayEnvironment,
  asked: readonly ObservedRequest[],
): Promise<Differences> {
  return await stage.remembered(bugs, asked, () => replayedDifferences(bugs, stage, asked))
}

async function replayedDifferences(
  bugs: readonly Bug[],
  stage: ReplayEnvironment,
  asked: readonly ObservedRequest[],
): Promise<Differences> {
  const judged = new Set(asked)
  const chosen = [...judged, ...priorRequests(stage.run, judged)].sort(
    (a, b) => a.exchange.id - b.exchange.id,
  )
  stage.spend(chosen)
  const patient = mayErr(bugs)
  let repeats = 0
  const found = new Map<number, ReadonlySet<Facet>>()
  await replayOnReference(stage, behaviourWith(bugs), chosen, (one, answer, times) => {
    if (!judged.has(one)) return false
    const facets = differingFacets(one, answer, stage.values)
    const before = found.get(one.exchange.id)
    // Of a server that errs now and then, the answer that is nearest to the target's counts.
    if (before === undefined || facets.size < before.size) found.set(one.exchange.id, facets)
    return patient && facets.size > 0 && times < patience && repeats++ < mostRepeats
  })
  return found
}

/** What the second server explains that the first does not, and the other way round. */
export function compareDifferences(before: Differences, after: Differences): Omit<Candidate, 'bugs'> {
  const explains = new Set<string>()
  const contradicts = new Set<string>()
  let remains = 0
  for (const [id, now] of after) {
    remains += now.size
    const then = before.get(id) ?? new Set<Facet>()
    // What cannot be seen any more is not explained.
    for (const facet of then)
      if (!now.has(facet) && (!hidesOthers(now) || hidesOthers(new Set([facet]))))
        explains.add(`${id} ${facet}`)
    // What could not be seen before may differ now.
    if (hidesOthers(then) && !hidesOthers(now)) continue
    for (const facet of now) if (!then.has(facet)) contradicts.add(`${id} ${facet}`)
  }
  return { explains, contradicts, remains }
}

/** Whether these bugs show in some runs only. */
export function mayErr(bugs: readonly Bug[]): boolean {
  return bugs.some(({ sometimes }) => sometimes === true)
}

/** Facets that it gets right less those that it gets wrong. */
export function scoreOf({ explains, contradicts }: Pick<Candidate, 'explains' | 'contradicts'>): number {
  return explains.size - contradicts.size
}

/** The exchanges of which facets are named. */
export function exchangesOf(facets: ReadonlySet<string>): ReadonlySet<number> {
  return new Set([...facets].map((key) => Number(key.slice(0, key.indexOf(' ')))))
}
