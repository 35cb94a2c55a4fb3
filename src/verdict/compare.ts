import type { Verdict } from './outcome.ts'

/** What a run was judged by: the version of the package, and of the catalogue of requirements in it. */
export interface SuiteVersion {
  readonly version: string
  readonly catalogue: number
}

/** The parts of a report that are compared. */
export interface ComparableRun {
  readonly suite: SuiteVersion
  readonly target?: { readonly base_url: string }
  readonly requirements: readonly {
    readonly id: string
    readonly title: string
    readonly level: string
    readonly verdict: Verdict
    readonly reason?: string
    readonly blocked_by?: readonly string[]
    /** The verdict when it was last judged, where it is not judged here. */
    readonly last_judged?: 'pass' | 'fail'
    readonly findings?: readonly { readonly fingerprint: string; readonly message: string }[]
  }[]
  readonly observations: readonly { readonly id: string; readonly question: string; readonly seen: string }[]
  /** The seed of generated data, if there was any. */
  readonly seed?: number
  readonly traffic: {
    readonly latency_ms: { readonly p50: number; readonly p90: number; readonly p99: number } | null
  }
}

/** One requirement whose verdict changed. */
export interface Change {
  readonly id: string
  readonly level: string
  readonly title: string
  readonly before: Verdict | 'blocked'
  readonly now: Verdict | 'blocked'
  /** The verdict when it was last judged before, where that was not in the earlier run. */
  readonly last_judged?: 'pass' | 'fail'
  /** What is seen now, in one sentence. */
  readonly detail: string
}

/** How often each state occurs among the requirements that both runs have. */
export interface StateCounts {
  readonly pass: number
  readonly fail: number
  readonly waived: number
  readonly blocked: number
  readonly not_judged: number
}

/** Two runs side by side. Requirements that only one of the catalogues has are not compared. */
export interface Comparison {
  readonly suites: { readonly before: SuiteVersion; readonly now: SuiteVersion }
  /** The base URLs, where the two runs judged different targets. */
  readonly targets?: { readonly before: string; readonly now: string }
  /** The seeds, where the two runs generated different data. */
  readonly seeds?: { readonly before: number; readonly now: number }
  /** How many requirements both runs have. */
  readonly compared: number
  readonly counts: { readonly before: StateCounts; readonly now: StateCounts }
  readonly newly_failing: readonly Change[]
  readonly fixed: readonly Change[]
  /** Judged before and not judged now. This is not a regression. */
  readonly lost_coverage: readonly Change[]
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
  /** Requirement ids that are in one of the runs only. */
  readonly not_compared: readonly string[]
  /** Whether something that was right is wrong now: a new failure, or an old one in a new way. */
  readonly regression: boolean
  /** The result in one sentence. */
  readonly sentence: string
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
    .filter(({ previous, one }) => stateOf(previous) !== stateOf(one))
    .map(({ previous, one }) => ({
      id: one.id,
      level: one.level,
      title: one.title,
      before: stateOf(previous),
      now: stateOf(one),
      ...lastOf(previous),
      detail: one.findings?.[0]?.message ?? one.reason ?? '',
    }))
  // What failed when it was last judged fails still.
  const newlyFailing = changes.filter(
    (change) => isWrong(change.now) && !isWrong(change.before) && change.last_judged !== 'fail',
  )
  const evidence = shared
    .filter(({ previous, one }) => wrong.has(previous.verdict) && wrong.has(one.verdict))
    .map(changedEvidence)
  const changedKinds = evidence.filter(({ appeared, gone }) => appeared.length > 0 || gone > 0)
  const regression = newlyFailing.length > 0 || changedKinds.some(({ appeared }) => appeared.length > 0)
  const failing = shared.filter(({ one }) => wrong.has(one.verdict)).length
  const lost = changes.filter((change) => isOpen(change.now) && isJudged(change.before))
  return {
    suites: { before: before.suite, now: now.suite },
    ...otherTargets(before, now),
    ...otherSeeds(before, now),
    compared: shared.length,
    counts: {
      before: countsOf(shared.map(({ previous }) => previous)),
      now: countsOf(shared.map(({ one }) => one)),
    },
    newly_failing: newlyFailing,
    fixed: changes.filter(
      (change) => change.now === 'pass' && (isWrong(change.before) || change.last_judged === 'fail'),
    ),
    lost_coverage: lost,
    changed_evidence: changedKinds,
    changed_observations: changedObservations(before, now),
    latency_ms: latencies(before, now),
    not_compared: notShared(before, now),
    regression,
    sentence: sentenceOf(
      newlyFailing.length,
      changedKinds.filter(({ appeared }) => appeared.length > 0).length,
      failing,
      lost.length,
    ),
  }
}

function isWrong(state: Change['now']): boolean {
  return state !== 'blocked' && wrong.has(state)
}

function isJudged(state: Change['now']): boolean {
  return state !== 'blocked' && judged.has(state)
}

function isOpen(state: Change['now']): boolean {
  return state === 'blocked' || state === 'inconclusive'
}

type Compared = ComparableRun['requirements'][number]

function stateOf({ verdict, blocked_by }: Compared): Change['now'] {
  return verdict === 'inconclusive' && blocked_by !== undefined ? 'blocked' : verdict
}

function lastOf({ verdict, last_judged }: Compared): Pick<Change, 'last_judged'> {
  return judged.has(verdict) || last_judged === undefined ? {} : { last_judged }
}

function countsOf(requirements: readonly Compared[]): StateCounts {
  const of = (...states: Change['now'][]) =>
    requirements.filter((one) => states.includes(stateOf(one))).length
  return {
    pass: of('pass'),
    fail: of('fail', 'broken'),
    waived: of('waived'),
    blocked: of('blocked'),
    not_judged: of('inconclusive', 'not-run'),
  }
}

function sentenceOf(newlyFailing: number, otherwise: number, failing: number, lost: number): string {
  const coverage =
    lost === 0 ? '' : ` ${count(lost, 'requirement')} judged before ${are(lost)} not judged now.`
  if (newlyFailing > 0)
    return `Regression: ${count(newlyFailing, 'requirement')} newly ${newlyFailing === 1 ? 'fails' : 'fail'}.${coverage}`
  if (otherwise > 0)
    return `Regression: ${count(otherwise, 'requirement')} ${otherwise === 1 ? 'fails' : 'fail'} in a new way.${coverage}`
  const known =
    failing === 0 ? '' : ` ${count(failing, 'requirement')} ${failing === 1 ? 'still fails' : 'still fail'}.`
  return `No regression.${known}${coverage}`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function are(number: number): string {
  return number === 1 ? 'is' : 'are'
}

function otherTargets(
  { target: before }: ComparableRun,
  { target: now }: ComparableRun,
): Pick<Comparison, 'targets'> {
  if (before === undefined || now === undefined || before.base_url === now.base_url) return {}
  return { targets: { before: before.base_url, now: now.base_url } }
}

function otherSeeds(
  { seed: before }: ComparableRun,
  { seed: now }: ComparableRun,
): Pick<Comparison, 'seeds'> {
  if (before === undefined || now === undefined || before === now) return {}
  return { seeds: { before, now } }
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
