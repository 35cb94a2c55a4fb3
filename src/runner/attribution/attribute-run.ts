import { type Capability, capabilitiesOf, rootIn } from '../../capabilities/capabilities.ts'
import { listViolation } from '../../capabilities/list-violation.ts'
import { pagingFaultsOf } from '../../capabilities/paging-faults.ts'
import { type Feature, featuresOf, rootOf } from '../../capabilities/request-features.ts'
import { type Violation, violationsOf } from '../../capabilities/violations.ts'
import { type RequirementId, requirementOf } from '../../contract/catalogue.ts'
import type { Finding } from '../../oracle/finding.ts'
import type { History } from '../../oracle/history.ts'
import { attribute, type Evidence } from '../../verdict/attribute.ts'
import type { AttributionInput } from '../../verdict/attribution-input.ts'
import type { CheckResult, Outcome } from '../../verdict/outcome.ts'
import { reproductionText } from '../../verdict/reproduction.ts'
import type { Exchange } from '../../wire/exchange.ts'
import { transientErrors, withoutFindingsOn } from './transient-errors.ts'

/** The evidence that a history gives: what is wrong with each answer, and which features work. */
export function evidenceOf(history: History, exchanges: readonly Exchange[]): Evidence {
  const violations = violationsOf(history)
  const byId = new Map(exchanges.map((exchange) => [exchange.id, exchange]))
  const capabilities = capabilitiesOf(history, violations)
  const uses = (id: number) => {
    const exchange = byId.get(id)
    return exchange === undefined ? undefined : featuresOf(exchange.request)
  }
  return {
    violations: violations.map((violation) => underUnusable(violation, history, capabilities, uses)),
    pagingFaults: pagingFaultsOf(history.lists),
    capabilities,
    featuresOf: uses,
    unreproduced: new Set(),
  }
}

// What goes wrong with a feature that never works on such requests is that feature's fault, whatever else is promised.
function underUnusable(
  violation: Violation,
  { lists }: History,
  capabilities: readonly Capability[],
  uses: Evidence['featuresOf'],
): Violation {
  const used = uses(violation.finding.exchanges[0] ?? violation.exchange)
  const own = uses(violation.exchange)
  if (used === undefined || own === undefined || !['records', 'count', 'refused'].includes(violation.kind))
    return violation
  const features = [...used.features]
  const noOrder = capabilities.some(
    ({ feature, unusable }) => feature === 'order' && unusable.includes('asc'),
  )
  if (violation.requirement === 'ORD-02' && noOrder) return { ...violation, requirement: rootOf.order }
  // What `types[]` never does is its own, even where `type` does the same wrong.
  const filters = capabilities.some((one) => one.feature === 'types[]' && one.unusable.includes(own.context))
  if (own.features.has('types[]') && filters && violation.requirement === 'FLT-01') {
    const list = lists.find(({ exchange }) => exchange.id === violation.exchange)
    const finding = (list && listViolation(list)?.finding) ?? violation.finding
    return { ...violation, requirement: rootOf['types[]'], finding }
  }
  const root = (feature: Feature) => rootIn(used.context, feature, capabilities)
  if (features.some((feature) => root(feature) === violation.requirement)) return violation
  const unusable = features.find((feature) =>
    capabilities.some((one) => one.feature === feature && one.unusable.includes(used.context)),
  )
  return unusable === undefined ? violation : { ...violation, requirement: root(unusable) }
}

/** How many findings of a requirement are repeated in search of one that always shows, besides one of each further kind. */
const mostTried = 2

/** The 5xx responses of a run, and what the other responses show. */
export interface ServerErrors {
  readonly exchanges: ReadonlySet<number>
  readonly evidenceWithout: (exchanges: ReadonlySet<number>) => Evidence
}

/** The outcomes of a run, and what they were derived from. */
export interface AttributedRun {
  readonly outcomes: Outcome[]
  readonly reproduced: AttributionInput['reproduced']
  readonly results: readonly CheckResult[]
  readonly evidence: Evidence
}

/**
 * Attributes all cases, and asks again what the failures rest on. A requirement whose finding does not show every time
 * fails all the same, and explains no other.
 * @param showsAgain asks again what showed a finding of a requirement
 */
export async function attributeRun(
  results: readonly CheckResult[],
  evidence: Evidence,
  attempts: number,
  showsAgain: (id: RequirementId, finding: Finding) => Promise<boolean | undefined>,
  serverErrors: ServerErrors = { exchanges: new Set(), evidenceWithout: () => evidence },
): Promise<AttributedRun> {
  const unreproduced = new Set<RequirementId>()
  const tried = new Map<Finding, Reproduction>()
  const transient = new Set<number>()
  let known = evidence
  let all = results
  for (;;) {
    const outcomes = attribute(all, { ...known, unreproduced })
    const unclaimed = await unclaimedFailures(outcomes, all, known, showsAgain)
    if (unclaimed.length > 0) {
      all = [...all, ...unclaimed]
      continue
    }
    if (attempts < 2) return { outcomes, reproduced: {}, results, evidence }
    const before = unreproduced.size
    const reproductions = await reproduceAll(outcomes, (outcome) =>
      reproduce(outcome, attempts, showsAgain, tried),
    )
    const judged = outcomes.map((outcome): Outcome => {
      const again = reproductions.get(outcome.id)
      if (again === undefined) return outcome
      const { times, tries, first } = again
      if (times < tries) unreproduced.add(outcome.id)
      return {
        ...outcome,
        findings: [first, ...outcome.findings.filter((finding) => finding !== first)],
        reproduced: reproductionText(times, tries),
      }
    })
    const isFlaky = (id: RequirementId) => {
      const { times, tries } = reproductions.get(id) ?? { times: attempts, tries: attempts }
      return times < tries
    }
    const errors = transientErrors(judged, serverErrors.exchanges, isFlaky)
    const fresh = errors.filter((exchange) => !transient.has(exchange))
    if (fresh.length > 0) {
      for (const exchange of fresh) transient.add(exchange)
      // What is left of these requirements is judged anew.
      for (const id of reproductions.keys()) unreproduced.delete(id)
      all = withoutFindingsOn(all, transient)
      known = serverErrors.evidenceWithout(transient)
      continue
    }
    if (unreproduced.size === before) {
      const times = judged.map(({ id, reproduced }) => [id, reproduced] as const)
      return {
        outcomes: judged,
        reproduced: Object.fromEntries(times.filter(([, text]) => text !== undefined)),
        results: withoutFindingsOn(results, transient),
        evidence: known,
      }
    }
  }
}

/** How many wrong responses that no case relies on are requested again. */
const mostUnclaimed = 5

/**
 * Wrong lists whose requirement passes, because no case of its check rests on them: where they show again, they are
 * cases of it. Streams are left out, since a list may learn of an event later than a stream.
 */
async function unclaimedFailures(
  outcomes: readonly Outcome[],
  results: readonly CheckResult[],
  { violations }: Evidence,
  showsAgain: (id: RequirementId, finding: Finding) => Promise<boolean | undefined>,
): Promise<CheckResult[]> {
  const passing = new Set(outcomes.flatMap(({ id, verdict }) => (verdict === 'pass' ? [id] : [])))
  const claimed = new Set(
    results.flatMap(({ id, cases }) =>
      cases.flatMap(({ exchanges }) => exchanges.map((one) => `${id} ${one}`)),
    ),
  )
  const open = violations.filter(
    ({ requirement, kind, finding }) =>
      passing.has(requirement) &&
      ['records', 'count', 'refused', 'reversed'].includes(kind) &&
      !claimed.has(`${requirement} ${finding.exchanges[0]}`),
  )
  const first = new Map(open.map((violation) => [violation.requirement, violation]))
  const confirmed: CheckResult[] = []
  for (const { requirement, finding } of [...first.values()].slice(0, mostUnclaimed))
    if (await showsAgain(requirement, finding))
      confirmed.push({ id: requirement, cases: [{ exchanges: finding.exchanges, finding }] })
  return confirmed
}

/** The finding of a failed requirement that shows most often, and how often it does. */
interface Reproduction {
  readonly first: Finding
  readonly times: number
  /** In how many attempts it could have shown. */
  readonly tries: number
}

/**
 * Reproduces what failed. Most of a broken stream is waiting for its deadline, so streams are opened again beside each
 * other and beside the rest, as they were when they failed.
 */
async function reproduceAll(
  outcomes: readonly Outcome[],
  again: (outcome: Outcome) => Promise<Reproduction>,
): Promise<ReadonlyMap<RequirementId, Reproduction>> {
  const reproductions = new Map<RequirementId, Reproduction>()
  const note = async (outcome: Outcome) => void reproductions.set(outcome.id, await again(outcome))
  const failed = outcomes.filter(({ verdict }) => verdict === 'fail')
  const ofStreams = (outcome: Outcome) => requirementOf(outcome.id).area === 'stream'
  const inTurn = async () => {
    for (const outcome of failed) if (!ofStreams(outcome)) await note(outcome)
  }
  await Promise.all([...failed.filter(ofStreams).map(note), inTurn()])
  return reproductions
}

async function reproduce(
  { id, findings }: Outcome,
  attempts: number,
  showsAgain: (id: RequirementId, finding: Finding) => Promise<boolean | undefined>,
  tried: Map<Finding, Reproduction>,
): Promise<Reproduction> {
  let best: Reproduction | undefined
  const rateOf = ({ times, tries }: Reproduction) => times / tries
  for (const finding of tryable(findings)) {
    const known = tried.get(finding) ?? (await attempted(finding, attempts, () => showsAgain(id, finding)))
    tried.set(finding, known)
    if (best === undefined || rateOf(known) > rateOf(best)) best = known
    if (known.times === known.tries) break
  }
  if (best === undefined) throw new Error(`${id} fails without a finding.`)
  return best
}

async function attempted(
  first: Finding,
  attempts: number,
  showsAgain: () => Promise<boolean | undefined>,
): Promise<Reproduction> {
  let [times, tries] = [1, 1]
  for (let attempt = 1; attempt < attempts; attempt++) {
    const again = await showsAgain()
    if (again !== undefined) tries += 1
    if (again === true) times += 1
  }
  return { first, times, tries }
}

// Behind findings that show once there may be one of another kind that always shows.
function tryable(findings: readonly Finding[]): Finding[] {
  const first = findings.slice(0, mostTried)
  const known = new Set(first.map(({ kind }) => kind))
  const further = findings.slice(mostTried).filter(({ kind }) => known.size < known.add(kind).size)
  return [...first, ...further]
}
