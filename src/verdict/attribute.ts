import { type Capability, rootIn } from '../capabilities/capabilities.ts'
import {
  findingRelies,
  furtherFeatures,
  isOwn,
  mayExplain,
  neededFeatures,
  passRelies,
} from '../capabilities/reliance.ts'
import { type Feature, type RequestFeatures, rootOf } from '../capabilities/request-features.ts'
import type { Violation } from '../capabilities/violations.ts'
import { type RequirementId, requirementOf } from '../contract/catalogue.ts'
import type { Case } from '../oracle/case.ts'
import type { Finding } from '../oracle/finding.ts'
import type { CheckResult, Outcome } from './outcome.ts'

/** What is known of the exchanges that the cases cite. */
export interface Evidence {
  readonly violations: readonly Violation[]
  /** What is wrong with the paging fields of a page, by exchange. */
  readonly pagingFaults: ReadonlyMap<number, readonly RequirementId[]>
  readonly capabilities: readonly Capability[]
  readonly featuresOf: (exchange: number) => RequestFeatures | undefined
  /** Requirements whose findings were not reproduced: they block nothing. */
  readonly unreproduced: ReadonlySet<RequirementId>
}

interface Weighed {
  readonly one: Case
  /** Requirements that have to be met before the case counts; none where it counts. */
  readonly blockers: readonly RequirementId[]
}

/**
 * Decides what each case counts for (the contract, "How a requirement is judged", rules 1 to 4). A case whose
 * exchanges go wrong for a reason that a simpler request shows is left out, and so is one that passes only because a
 * feature has no effect. What is left without a case is inconclusive, blocked by the requirements that explain it.
 *
 * The order of the results does not matter, and every blocker fails on a finding of its own.
 */
export function attribute(results: readonly CheckResult[], evidence: Evidence): Outcome[] {
  const merged = mergeById(results)
  const alone = merged.map((result) => weigh(result, evidence))
  const crashes = crashesIn(alone)
  let weighed = alone.map((one) => (one.result.id === 'INP-01' ? underCrashes(one, crashes) : one))
  let drafts = draftsOf(weighed, evidence)
  // A finding that nothing failing explains is the requirement's own, whatever was suspected of it.
  for (;;) {
    const failing = new Set(
      drafts.filter(({ findings }) => findings.length > 0).map(({ result }) => result.id),
    )
    let released = false
    weighed = weighed.map(({ result, cases }) => ({
      result,
      cases: cases.map(({ one, blockers }) => {
        const standing = blockers.filter((blocker) => failing.has(blocker))
        if (standing.length > 0 || blockers.length === 0 || one.finding === undefined)
          return { one, blockers }
        released = true
        return { one, blockers: [] }
      }),
    }))
    if (!released) return drafts.map((draft) => outcomeOf(draft, failing))
    drafts = draftsOf(weighed, evidence)
  }
}

interface WeighedResult {
  readonly result: CheckResult
  readonly cases: readonly Weighed[]
}

interface Draft extends WeighedResult {
  /** Its own findings and those that other requirements' cases rest on, the smallest request first. */
  readonly findings: readonly Finding[]
  readonly own: readonly Weighed[]
}

function draftsOf(weighed: readonly WeighedResult[], evidence: Evidence): Draft[] {
  const passedOn = new Map<RequirementId, Finding[]>()
  for (const { cases } of weighed)
    for (const { one, blockers } of cases)
      for (const { requirement, finding } of showing(blockers, one, evidence)) {
        const findings = passedOn.get(requirement) ?? []
        if (!findings.includes(finding)) passedOn.set(requirement, [...findings, finding])
      }
  const missing = [...passedOn.keys()].filter((id) => !weighed.some(({ result }) => result.id === id))
  const all = [
    ...weighed,
    ...missing.map((id) => ({ result: { id, cases: [], notRun: true as const }, cases: [] })),
  ]
  return all.map(({ result, cases }) => {
    const own = cases.filter(({ blockers }) => blockers.length === 0)
    const findings = own.flatMap(({ one }) => one.finding ?? [])
    const cited = new Set(findings.map(({ exchanges }) => exchanges.join()))
    // A smaller request than those of the check may have been made to isolate the cause.
    const isolated = findings.length === 0 ? [] : smallerThan(findings, result.id, evidence)
    const further = [...(passedOn.get(result.id) ?? []), ...isolated].filter(
      ({ exchanges }) => !cited.has(exchanges.join()),
    )
    return { result, cases, own, findings: smallestFirst([...findings, ...further], evidence) }
  })
}

// What shows that the blockers of a case are broken: in the case itself, or anywhere else.
function showing(blockers: readonly RequirementId[], one: Case, evidence: Evidence): Violation[] {
  const here = violationsIn(one, evidence).filter(({ requirement }) => blockers.includes(requirement))
  const elsewhere = blockers.filter((blocker) => !here.some(({ requirement }) => requirement === blocker))
  return [
    ...here,
    ...elsewhere.flatMap(
      (blocker) => evidence.violations.find(({ requirement }) => requirement === blocker) ?? [],
    ),
  ]
}

function outcomeOf({ result, cases, own, findings }: Draft, failing: ReadonlySet<RequirementId>): Outcome {
  const { id, lack, broken } = result
  if (broken !== undefined) return { id, verdict: 'broken', judged: 0, findings: [], reason: broken }
  const leftOut = cases.length - own.length
  const omitted = leftOut === 0 ? {} : { leftOut }
  if (findings.length > 0)
    return { id, verdict: 'fail', judged: Math.max(own.length, findings.length), findings, ...omitted }
  if (result.notRun === true) return { id, verdict: 'not-run', judged: 0, findings: [] }
  if (own.length > 0 && lack === undefined)
    return { id, verdict: 'pass', judged: own.length, findings: [], ...omitted }
  const suspected = [
    ...cases.flatMap(({ blockers }) => blockers),
    ...(lack?.blockedBy ?? []),
    ...neededFeatures(id).map((feature) => rootOf[feature]),
  ]
  const blockedBy = [...new Set(suspected)].filter((one) => failing.has(one) && one !== id).toSorted()
  const open = { id, verdict: 'inconclusive' as const, judged: 0, findings: [] }
  if (blockedBy.length > 0)
    return { ...open, blockedBy, reason: `blocked by ${blockedBy.join(', ')}`, ...omitted }
  const { missing, provide } = lack ?? unexercised
  return { ...open, reason: missing, provide }
}

// What several checks saw of one requirement is judged together.
function mergeById(results: readonly CheckResult[]): CheckResult[] {
  const byId = new Map<RequirementId, CheckResult>()
  for (const result of results) {
    const known = byId.get(result.id)
    byId.set(result.id, known === undefined ? result : together(known, result))
  }
  // The order in which checks ended is chance.
  return [...byId.values()].toSorted((a, b) => a.id.localeCompare(b.id))
}

const unexercised = {
  missing: 'data that exercises it',
  provide: 'See INP-01 and INP-04 first, or point CONFORMANCE_THREAD_ID to a thread with more varied events.',
}

function together(one: CheckResult, other: CheckResult): CheckResult {
  const judged = [one, other].some(({ cases, lack }) => cases.length > 0 && lack === undefined)
  const lack = judged ? undefined : (one.lack ?? other.lack)
  const broken = one.broken ?? other.broken
  return {
    id: one.id,
    cases: [...one.cases, ...other.cases],
    ...(lack === undefined ? {} : { lack }),
    ...(broken === undefined ? {} : { broken }),
    ...(one.notRun === true && other.notRun === true ? { notRun: true } : {}),
  }
}

function weigh(result: CheckResult, evidence: Evidence): WeighedResult {
  const { id, cases } = result
  return { result, cases: cases.map((one) => ({ one, blockers: blockersOf(id, one, evidence) })) }
}

const isCrash = ({ kind }: Finding) => /^status-5\d\d$/.test(kind)

/**
 * What the requests that are answered 5xx break apart from that: the MUST requirement that asked, or what explains it. A
 * SHOULD excuses no server error.
 */
function crashesIn(weighed: readonly WeighedResult[]): Map<number, readonly RequirementId[]> {
  const crashes = new Map<number, readonly RequirementId[]>()
  for (const { result, cases } of weighed)
    for (const { one, blockers } of result.id.startsWith('INP') ? [] : cases)
      for (const exchange of one.finding !== undefined && isCrash(one.finding) ? one.exchanges : []) {
        const broken = blockers.length > 0 ? blockers : [result.id]
        if (broken.some((id) => requirementOf(id).level === 'MUST')) crashes.set(exchange, broken)
      }
  return crashes
}

// A crash where a status is promised is a finding of that promise.
function underCrashes(
  { result, cases }: WeighedResult,
  crashes: ReadonlyMap<number, readonly RequirementId[]>,
): WeighedResult {
  const known = ({ exchanges, finding }: Case) =>
    finding !== undefined && isCrash(finding) ? exchanges.flatMap((id) => crashes.get(id) ?? []) : []
  return {
    result,
    cases: cases.map(({ one, blockers }) => ({ one, blockers: [...new Set([...blockers, ...known(one)])] })),
  }
}

function blockersOf(id: RequirementId, one: Case, evidence: Evidence): RequirementId[] {
  const { finding } = one
  const found = new Set<RequirementId>(finding === undefined ? [] : one.because)
  const broken = unusableRoots(id, one, evidence)
  if (finding === undefined) {
    if (passRelies(id)) for (const root of broken) found.add(root)
    if (one.paged !== undefined) for (const fault of pagingFaultsIn(one, evidence)) found.add(fault)
  } else if (findingRelies(id, finding)) {
    const features = new Set(one.exchanges.flatMap((at) => [...(evidence.featuresOf(at)?.features ?? [])]))
    const causes = violationsIn(one, evidence)
      .map(({ requirement }) => requirement)
      .filter((cause) => cause === id || mayExplain(cause, id, finding, features))
    for (const root of broken) if (mayExplain(root, id, finding)) found.add(root)
    // Where the requirement is itself the cause of one of its exchanges, the case is its own.
    if (!causes.includes(id)) for (const cause of causes) found.add(cause)
    if (causes.length === 0 && one.paged !== undefined)
      for (const fault of pagingFaultsIn(one, evidence)) found.add(fault)
  }
  // Pages that go on with another thread's events have more of them, and so do pages that are filtered afterwards.
  if (id === 'ENV-05' && finding?.kind === 'has-more-surplus')
    for (const cause of surplusUnder(one, evidence)) found.add(cause)
  found.delete(id)
  return [...found].filter((blocker) => !evidence.unreproduced.has(blocker))
}

// The requirements of leaks and of filters behind the limit that a request with some of the same features shows.
function surplusUnder({ exchanges }: Case, { violations, featuresOf }: Evidence): RequirementId[] {
  const own = exchanges.flatMap((exchange) => [...(featuresOf(exchange)?.features ?? [])])
  return violations.flatMap(({ exchange, kind, requirement }) => {
    const used = [...(featuresOf(exchange)?.features ?? [])].filter((feature) => feature !== 'limit')
    const isPart = used.length > 0 && used.every((feature) => own.includes(feature))
    const isCause = kind === 'leak' || (kind === 'count' && requirement === 'FLT-01')
    return isCause && isPart ? [requirement] : []
  })
}

function unusableRoots(id: RequirementId, { exchanges }: Case, evidence: Evidence): RequirementId[] {
  const unusable = (feature: Feature, context: RequestFeatures['context']) =>
    evidence.capabilities.some((one) => one.feature === feature && one.unusable.includes(context))
  const roots = new Set<RequirementId>()
  for (const exchange of exchanges) {
    const used = evidence.featuresOf(exchange)
    if (used === undefined) continue
    for (const feature of used.features)
      if (!isOwn(id, feature) && unusable(feature, used.context))
        roots.add(rootIn(used.context, feature, evidence.capabilities))
  }
  for (const feature of furtherFeatures(id))
    if (evidence.capabilities.some((one) => one.feature === feature && one.unusable.includes('asc')))
      roots.add(rootOf[feature])
  return [...roots]
}

function violationsIn({ exchanges }: Case, { violations }: Evidence): Violation[] {
  return violations.filter(({ exchange }) => exchanges.includes(exchange))
}

// Who pages by ids does not read `next_page`, and the other way round.
function pagingFaultsIn({ exchanges, paged }: Case, { pagingFaults }: Evidence): RequirementId[] {
  return exchanges
    .flatMap((exchange) => pagingFaults.get(exchange) ?? [])
    .filter((id) => (id === 'PAG-20') === (paged === 'next_page'))
}

// The smallest request that shows the requirement broken, where it is smaller than all that the findings cite.
function smallerThan(findings: readonly Finding[], id: RequirementId, evidence: Evidence): Finding[] {
  const size = sizeIn(evidence)
  const shown = evidence.violations.flatMap(({ requirement, finding }) =>
    requirement === id ? [finding] : [],
  )
  const [smallest] = shown.toSorted((a, b) => size(a) - size(b))
  return smallest !== undefined && findings.every((one) => size(smallest) < size(one)) ? [smallest] : []
}

function smallestFirst(findings: readonly Finding[], evidence: Evidence): Finding[] {
  const size = sizeIn(evidence)
  // That replicas disagree says more than what differs on one page.
  const isOther = ({ kind }: Finding) => Number(kind !== 'replicas')
  // Among requests of one size the shortest to read comes first, whichever was answered first.
  return findings.toSorted(
    (a, b) => isOther(a) - isOther(b) || size(a) - size(b) || a.message.length - b.message.length,
  )
}

// By features first, then by how many requests it takes, then by their headers.
function sizeIn({ featuresOf }: Evidence): (finding: Finding) => number {
  return ({ exchanges }) => {
    const most = (count: (used: RequestFeatures) => number) =>
      Math.max(0, ...exchanges.flatMap((exchange) => featuresOf(exchange) ?? []).map(count))
    const features = most((used) => used.features.size)
    return (
      (features * 10 + Math.min(9, exchanges.length)) * 100 +
      Math.min(
        99,
        most(({ headers }) => headers),
      )
    )
  }
}
