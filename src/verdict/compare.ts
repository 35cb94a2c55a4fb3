import type { Verdict } from './outcome.ts'

/** By what a run was judged: the package, and the catalogue of requirements in it. */
export interface SuiteVersion {
  readonly version: string
  readonly catalogue: number
}

/** What of a report a comparison looks at. */
export interface ComparableRun {
  readonly suite: SuiteVersion
  readonly requirements: readonly {
    readonly id: string
    readonly title: string
    readonly level: string
    readonly verdict: Verdict
    readonly reason?: string
    readonly findings?: readonly { readonly fingerprint: string; readonly message: string }[]
  }[]
  readonly observations: readonly { readonly id: string; readonly question: string; readonly seen: string }[]
  readonly traffic: {
    readonly latency_ms: { readonly p50: number; readonly p90: number; readonly p99: number } | null
  }
}

/** One requirement whose verdict changed. */
export interface Change {
  readonly id: string
  readonly level: string
  readonly title: string
  readonly before: Verdict
  readonly now: Verdict
  /** What is seen now, in one sentence. */
  readonly detail: string
}

/** Two runs side by side. Requirements that only one of the catalogues has are not compared. */
export interface Comparison {
  readonly suites: { readonly before: SuiteVersion; readonly now: SuiteVersion }
  /** How many requirements both runs have. */
  readonly compared: number
  readonly newly_failing: readonly Change[]
  readonly fixed: readonly Change[]
  readonly newly_inconclusive: readonly Change[]
  /** Failing in both, but not in the same ways. */
  readonly changed_evidence: readonly {
    readonly id: string
    readonly title: string
    readonly appeared: readonly string[]
    readonly gone: number
  }[]
  readonly changed_observations: readonly {
    readonly id: string
    readonly question: string
    readonly before: string
    readonly now: string
  }[]
  /** Information only: milliseconds to the response head, before and now. */
  readonly latency_ms: readonly { readonly quantile: string; readonly before: number; readonly now: number }[]
  /** Requirement ids that are in one of the runs alone. */
  readonly not_compared: readonly string[]
  /** Whether something that was right is wrong now: a new failure, or an old one in a new way. */
  readonly regression: boolean
}

const wrong: ReadonlySet<Verdict> = new Set(['fail', 'broken'])
const judged: ReadonlySet<Verdict> = new Set(['pass', 'fail', 'waived'])

/** Compares two runs of the suite. */
export function compareRuns(before: ComparableRun, now: ComparableRun): Comparison {
  const old = new Map(before.requirements.map((one) => [one.id, one]))
  const shared = now.requirements.flatMap((one) => {
    const previous = old.get(one.id)
    return previous === undefined ? [] : [{ previous, one }]
  })
  const changes = shared
    .filter(({ previous, one }) => previous.verdict !== one.verdict)
    .map(({ previous, one }) => ({
      id: one.id,
      level: one.level,
      title: one.title,
      before: previous.verdict,
      now: one.verdict,
      detail: one.findings?.[0]?.message ?? one.reason ?? '',
    }))
  const newlyFailing = changes.filter((change) => wrong.has(change.now) && !wrong.has(change.before))
  const evidence = shared
    .filter(({ previous, one }) => wrong.has(previous.verdict) && wrong.has(one.verdict))
    .map(changedEvidence)
  const changedKinds = evidence.filter(({ appeared, gone }) => appeared.length > 0 || gone > 0)
  return {
    suites: { before: before.suite, now: now.suite },
    compared: shared.length,
    newly_failing: newlyFailing,
    fixed: changes.filter((change) => wrong.has(change.before) && change.now === 'pass'),
    newly_inconclusive: changes.filter(
      (change) => change.now === 'inconclusive' && judged.has(change.before),
    ),
    changed_evidence: changedKinds,
    changed_observations: changedObservations(before, now),
    latency_ms: latencies(before, now),
    not_compared: notShared(before, now),
    regression: newlyFailing.length > 0 || changedKinds.some(({ appeared }) => appeared.length > 0),
  }
}

type Pair = {
  readonly previous: ComparableRun['requirements'][number]
  readonly one: ComparableRun['requirements'][number]
}

function changedEvidence({ previous, one }: Pair) {
  const before = new Set(previous.findings?.map(({ fingerprint }) => fingerprint))
  const now = new Map(one.findings?.map(({ fingerprint, message }) => [fingerprint, message]))
  const appeared = [...now].filter(([fingerprint]) => !before.has(fingerprint)).map(([, message]) => message)
  const gone = [...before].filter((fingerprint) => !now.has(fingerprint)).length
  return { id: one.id, title: one.title, appeared, gone }
}

function changedObservations(before: ComparableRun, now: ComparableRun) {
  const old = new Map(before.observations.map(({ id, seen }) => [id, seen]))
  return now.observations.flatMap(({ id, question, seen }) => {
    const previous = old.get(id)
    return previous === undefined || previous === seen ? [] : [{ id, question, before: previous, now: seen }]
  })
}

function latencies(before: ComparableRun, now: ComparableRun) {
  const [old, recent] = [before.traffic.latency_ms, now.traffic.latency_ms]
  if (old === null || recent === null) return []
  return (['p50', 'p90', 'p99'] as const).map((quantile) => ({
    quantile,
    before: old[quantile],
    now: recent[quantile],
  }))
}

function notShared(before: ComparableRun, now: ComparableRun): string[] {
  const [old, recent] = [before, now].map(({ requirements }) => new Set(requirements.map(({ id }) => id)))
  return [...new Set([...(old ?? []), ...(recent ?? [])])].filter((id) => !old?.has(id) || !recent?.has(id))
}
