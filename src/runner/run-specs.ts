import { neededFeatures } from '../capabilities/reliance.ts'
import { rootOf } from '../capabilities/request-features.ts'
import { type RequirementId, requirementOf } from '../contract/catalogue.ts'
import type { Finding } from '../oracle/finding.ts'
import { randomFinding, replicasFinding } from '../oracle/hostile-input/idempotence.ts'
import type { Property } from '../properties/property.ts'
import { runProperties } from '../properties/run-properties.ts'
import type { GeneratedResult } from '../record/generated-result.ts'
import type { UnmetPrecondition } from '../record/unmet-precondition.ts'
import { CheckContext } from '../spec-dsl/check-context.ts'
import type { AskingCheck, HistoryCheck, Observation, Spec } from '../spec-dsl/spec-items.ts'
import { findReplicas } from '../targets/replicas.ts'
import { attributeRequests, withoutAttribution } from '../targets/request-attribution.ts'
import type { RouteClient } from '../targets/route-client.ts'
import type { TargetState } from '../targets/target-state.ts'
import { addAttributions, attributionOf } from '../verdict/add-attributions.ts'
import { attribute, type Evidence } from '../verdict/attribute.ts'
import type { AttributionInput } from '../verdict/attribution-input.ts'
import { explainByInterference } from '../verdict/explain-by-interference.ts'
import { explainByReplicas, mayComeOfReplicas, type Replicas } from '../verdict/explain-by-replicas.ts'
import type { CheckResult, Outcome, Seen } from '../verdict/outcome.ts'
import { attributeRun, evidenceOf } from './attribution/attribute-run.ts'
import { isolateCauses } from './attribution/isolate-causes.ts'
import { historyWithout, serverErrorsIn, withoutFindingsOn } from './attribution/transient-errors.ts'
import {
  citedRefusals,
  findTransientRefusals,
  lackOfAcceptance,
  mayComeOfRefusals,
  type TransientRefusals,
} from './attribution/transient-refusals.ts'
import { Repetitions, useLastRequests } from './last-requests.ts'
import { withoutMissedDeadlines, withoutUnrepeatedDeadlines } from './missed-deadlines.ts'
import { probeHistory } from './probe-history.ts'
import { rankIn } from './rank-requests.ts'
import { readEnds } from './read-ends.ts'
import { type Checked, resultsOf, runCheck, runHistoryCheck, showsInHistory } from './run-check.ts'
import { Suspicions } from './suspicions.ts'

/** A finding that cites more exchanges is not repeated with the last requests of a run. */
const mostCited = 3

const rest: UnmetPrecondition = { missing: 'the rest of the run', provide: '' }

/** Which requirements a run is about: by their own checks, and by what generated data shows. */
export interface Selection {
  readonly check: (id: RequirementId) => boolean
  readonly generated: (id: RequirementId) => boolean
}

/** All specs on their way: the checks can be awaited one by one, the outcomes come when all of them have asked. */
export interface SpecRun {
  /** Resolves when the requirement's check has asked what it asks. */
  checked(id: RequirementId): Promise<void>
  outcome(id: RequirementId): Promise<Outcome>
  observation(id: string): Promise<Seen | undefined>
  /** What generated data showed; nothing where none of its requirements was selected. */
  readonly generated: Promise<GeneratedResult | undefined>
  /** What the outcomes of the specs' own checks are made from. */
  readonly attribution: Promise<AttributionInput>
  /** All outcomes, with what generated data showed. */
  readonly outcomes: Promise<Outcome[]>
  readonly observations: Promise<Seen[]>
  /**
   * Judges what was asked so far, for a run that ends early.
   * @param leaveOut whether a requirement of which nothing was asked was not selected, rather than left open
   */
  judgeSoFar(
    why: UnmetPrecondition,
    leaveOut?: boolean,
  ): { readonly outcomes: Outcome[]; readonly attribution: AttributionInput }
  /** Repeats what failed, and looks for the smallest requests that fail, for a run that ends before it has made all of them. */
  useLastRequests(): Promise<void>
  /** A MUST requirement that has failed by now, and fails again where failures are confirmed. */
  firstFailure(): Promise<RequirementId | undefined>
}

/**
 * Starts every check at once (the client bounds how many requests are under way), and the judges of the
 * whole history when all of them have asked.
 */
export function runSpecs(
  specs: readonly Spec[],
  state: TargetState,
  routeClient: RouteClient,
  { check: selected, generated: concerns }: Selection,
  { attempts }: { readonly attempts: number },
): SpecRun {
  const items = specs.flatMap((spec) => spec.items)
  const asking = items.filter((item): item is AskingCheck => item.kind === 'asking')
  const judging = items.filter((item): item is HistoryCheck => item.kind === 'history')
  // A run about single requirements has no use for the open questions of their areas.
  const open = specs
    .filter((spec) => spec.items.every((item) => !('run' in item) || selected(item.id)))
    .flatMap((spec) => spec.items.filter((item): item is Observation => item.kind === 'observation'))

  if (state.counted === true) readEnds(routeClient)

  const repetitions = new Repetitions()
  const suspicions = new Suspicions(
    judging.filter(({ id }) => selected(id)),
    routeClient,
  )
  let replicas: Replicas | undefined
  const suspects = new Set<RequirementId>()
  const underWay = new Map<RequirementId, CheckContext>()
  const done = new Map<RequirementId, Checked>()
  const checking = new Map(
    asking
      .filter(({ id }) => selected(id))
      .map((check) => {
        const run = runCheck(check, state, routeClient, (context) => underWay.set(check.id, context))
        return [check.id, run.then((checked) => done.set(check.id, checked))]
      }),
  )
  const seen = new Map(open.map((question) => [question.id, look(question, state, routeClient)]))
  const probes = judging
    .filter((check) => selected(check.id))
    .map((check) => probe(check, state, routeClient))
  // A judge of the whole history needs a history, also where the checks that make one are left out.
  const short = asking.some(({ id }) => !selected(id))
  if (short)
    for (const { id, probe } of judging)
      if (selected(id)) probes.push(probeHistory(id, state, routeClient, probe?.suffices === true))
  const judged = judgeAll()
  const outcomes = judged.then(({ outcomes: all }) => new Map(all.map((outcome) => [outcome.id, outcome])))

  async function judgeAll() {
    await Promise.all(checking.values())
    await Promise.all([...seen.values(), ...probes])
    await Promise.all([state.thread?.refresh(), state.sibling?.refresh()])
    for (const check of judging)
      if (selected(check.id)) done.set(check.id, await runHistoryCheck(check, routeClient))
    await checkSuspects()
    await lookForReplicas()
    const found = complete([...done.values()].flatMap(({ results }) => results))
    const punctual =
      attempts < 2 ? found : await withoutMissedDeadlines(found, routeClient.exchanges, showsAgain)
    const refusals = await lookForRefusals(punctual)
    const all = refusals === undefined ? punctual : withoutRefusals(punctual, refusals)
    await isolateCauses(all, routeClient)
    const { exchanges } = routeClient
    const history = historyWithout(routeClient.history(), refusals?.exchanges ?? new Set())
    const attributed = await attributeRun(all, evidenceOf(history, exchanges), attempts, showsAgain, {
      exchanges: serverErrorsIn(exchanges),
      evidenceWithout: (left) => evidenceOf(historyWithout(history, left), exchanges),
    })
    const { outcomes, reproduced } = attributed
    const attribution = attributionInput(attributed.results, attributed.evidence, reproduced)
    return { outcomes, attribution: replicas === undefined ? attribution : { ...attribution, replicas } }
  }

  // What may keep a selected requirement from being judged is judged all the same, or nothing would say why.
  async function checkSuspects(): Promise<void> {
    for (const { results } of [...done.values()])
      for (const result of results) for (const id of suspectsOf(result)) suspects.add(id)
    const unselected = ({ id }: AskingCheck | HistoryCheck) => !selected(id) && suspects.has(id)
    for (const check of asking.filter(unselected))
      done.set(check.id, await runCheck(check, state, routeClient))
    for (const check of judging.filter(unselected))
      done.set(check.id, await runHistoryCheck(check, routeClient))
  }

  // Copies of the data that are not in sync make many checks fail, and nothing else asks for them.
  async function lookForReplicas(): Promise<void> {
    const { thread } = state
    const suspicious = [...done.values()].some(({ results }) =>
      results.some(
        ({ id, cases }) => mayComeOfReplicas(id) && cases.some(({ finding }) => finding !== undefined),
      ),
    )
    if (thread === undefined || !suspicious) return
    replicas = await findReplicas(routeClient, thread)
    if (replicas === undefined || !selected('INP-03')) return
    const describe = replicas.random === true ? randomFinding : replicasFinding
    const finding = describe(replicas.disputed, replicas.exchanges)
    const before = done.get('INP-03')
    const result: CheckResult = { id: 'INP-03', cases: [{ exchanges: finding.exchanges, finding }] }
    done.set('INP-03', {
      results: [...(before?.results ?? []), result],
      showsAgain: async (again) =>
        again === finding || before === undefined
          ? (await findReplicas(routeClient, thread)) !== undefined
          : await before.showsAgain(again),
    })
  }

  // A token that is refused at random makes many checks fail. Where requests that affect each other are refused each
  // time (NEG-05), any refusal may be a neighbour's.
  async function lookForRefusals(results: readonly CheckResult[]): Promise<TransientRefusals | undefined> {
    const refused = attempts < 2 ? [] : citedRefusals(results, routeClient.exchanges)
    if (refused.length === 0 || !selected('INP-03')) return undefined
    for (const { cases } of results.filter(({ id }) => id === 'NEG-05'))
      for (const { finding } of cases)
        if (finding !== undefined && (await showsEachTime('NEG-05', finding))) return undefined
    const again = async (id: number) => (await routeClient.repeat([id])).exchanges
    const refusals = await findTransientRefusals(refused, routeClient.exchanges, again)
    const before = done.get('INP-03')
    if (refusals === undefined) return undefined
    const { finding } = refusals
    done.set('INP-03', {
      results: [
        ...(before?.results ?? []),
        { id: 'INP-03', cases: [{ exchanges: finding.exchanges, finding }] },
      ],
      showsAgain: async (shown) => {
        if (shown !== finding) return before?.showsAgain(shown)
        const repeated = await again(finding.exchanges[0] ?? 0)
        return repeated.some(({ response }) => response?.status === 401)
      },
    })
    return refusals
  }

  async function showsEachTime(id: RequirementId, finding: Finding): Promise<boolean> {
    for (let attempt = 1; attempt < attempts; attempt++)
      if ((await showsAgain(id, finding)) === false) return false
    return true
  }

  function withoutRefusals(
    results: readonly CheckResult[],
    { exchanges, finding }: TransientRefusals,
  ): CheckResult[] {
    const rest = withoutFindingsOn(results, exchanges, lackOfAcceptance, (id) => !mayComeOfRefusals(id))
    return [...rest, { id: 'INP-03', cases: [{ exchanges: finding.exchanges, finding }] }]
  }

  // The results of what was selected, and of what was not a place where the cause of a failure may be named.
  function complete(results: readonly CheckResult[]): CheckResult[] {
    const known = results.map((result) => withoutUnselected(result, selected, suspects))
    const idle = [...asking, ...judging].filter(({ id }) => !known.some((result) => result.id === id))
    return [...known, ...idle.map(({ id }) => ({ id, cases: [], notRun: true as const }))]
  }

  function resultsSoFar(why: UnmetPrecondition): CheckResult[] {
    return [...asking, ...judging].flatMap((check): readonly CheckResult[] => {
      const { id } = check
      const finished = done.get(id)
      if (finished !== undefined) return finished.results
      if (!selected(id)) return []
      if (check.kind === 'history') return [suspicions.judge(check, why)]
      const context = underWay.get(id)
      const lack = context === undefined || context.cases.length === 0 ? why : undefined
      return context === undefined ? [{ id, cases: [], lack: why }] : resultsOf(id, context, lack)
    })
  }

  function judgeSoFar(why: UnmetPrecondition, leaveOut = false) {
    const results = resultsSoFar(why)
    const unreached = (result: CheckResult) => leaveOut && result.cases.length === 0 && result.lack === why
    const all = complete(
      withoutUnrepeatedDeadlines(results, routeClient.exchanges).map((result) =>
        unreached(result) ? { id: result.id, cases: [], notRun: true } : result,
      ),
    )
    const evidence = evidenceOf(routeClient.history(), routeClient.exchanges)
    const { unreproduced } = repetitions
    const outcomes = attribute(all, { ...evidence, unreproduced }).map((one) => repetitions.describe(one))
    const times = outcomes.flatMap(({ id, reproduced }) =>
      reproduced === undefined ? [] : [[id, reproduced]],
    )
    return { outcomes, attribution: attributionInput(all, evidence, Object.fromEntries(times)) }
  }

  // Where the requests of a finding can be repeated without those of the whole check.
  async function repeatOf(id: RequirementId, finding: Finding): Promise<boolean | undefined> {
    const check = judging.find((one) => one.id === id)
    if (check !== undefined)
      return finding.exchanges.length > mostCited ? undefined : showsInHistory(check, routeClient, finding)
    const repeat = underWay.get(id)?.cases.find((one) => one.finding === finding)?.repeat
    return repeat === undefined ? undefined : (await repeat()) !== undefined
  }

  async function firstFailure(): Promise<RequirementId | undefined> {
    const { outcomes } = judgeSoFar(rest, true)
    for (const { id, verdict, findings } of outcomes) {
      if (verdict !== 'fail' || requirementOf(id).level !== 'MUST') continue
      const [finding] = findings
      if (attempts === 1 || finding === undefined || (await showsAgain(id, finding))) return id
    }
    return undefined
  }

  async function showsAgain(id: RequirementId, finding: Finding): Promise<boolean | undefined> {
    const source = [...done.values()].find((one) =>
      one.results.some((result) => result.id === id && result.cases.some((of) => of.finding === finding)),
    )
    if (source !== undefined) return source.showsAgain(finding)
    // Before the judges of the whole history have run.
    const check = judging.find((one) => one.id === id)
    return check === undefined
      ? routeClient.violatesAgain(finding)
      : showsInHistory(check, routeClient, finding)
  }

  const properties = items.filter((item): item is Property => item.kind === 'property')
  const wanted = properties.some(({ ids }) => ids.some(concerns))
  const failing = judged.then(
    ({ outcomes: all }) => new Set(all.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)),
  )
  const generate = async () => {
    const made = await runProperties(state, properties, failing, attempts)
    return {
      ...made,
      counterexamples: made.counterexamples.filter(({ requirement }) => concerns(requirement)),
    }
  }
  // A run with a budget of requests spends it on the plain checks first, which reveal more with each request.
  const generated = wanted
    ? state.counted === true
      ? judged.then(generate)
      : generate()
    : Promise.resolve(undefined)

  return {
    checked: async (id) => void (await (checking.get(id) ?? judged)),
    attribution: judged.then(({ attribution }) => attribution),
    generated,
    outcome: (id) => outcomes.then((all) => all.get(id) ?? notRun(id)),
    observation: (id) => seen.get(id) ?? Promise.resolve(undefined),
    outcomes: Promise.all([judged, generated]).then(([{ outcomes: all }, made]) => [
      ...explainByInterference(
        explainByReplicas(
          addAttributions(all, (made?.counterexamples ?? []).map(attributionOf), (id) =>
            (done.get(id)?.results ?? []).filter((result) => result.id === id).flatMap(suspectsOf),
          ),
          replicas,
        ),
      ),
    ]),
    observations: Promise.all(seen.values()).then((all) => all.filter((one) => one !== undefined)),
    judgeSoFar,
    useLastRequests: () =>
      withoutAttribution(() =>
        useLastRequests(routeClient, suspicions, repetitions, {
          results: () => resultsSoFar(rest),
          outcomes: () => judgeSoFar(rest).outcomes,
          repeat: repeatOf,
        }),
      ),
    firstFailure,
  }
}

function attributionInput(
  results: readonly CheckResult[],
  { violations, pagingFaults, capabilities }: Evidence,
  reproduced: AttributionInput['reproduced'],
): AttributionInput {
  return { results, violations, pagingFaults: [...pagingFaults], capabilities, reproduced }
}

// A requirement that was requested only because others need it is judged only if it explains their findings, or why they have none.
function withoutUnselected(
  result: CheckResult,
  selected: (id: RequirementId) => boolean,
  suspects: ReadonlySet<RequirementId>,
): CheckResult {
  const { id, cases } = result
  if (selected(id)) return result
  const wrong = suspects.has(id) ? cases.filter(({ finding }) => finding !== undefined) : []
  return { id, cases: wrong, notRun: true }
}

/** The requirements that may be why a check judged nothing. */
function suspectsOf({ id, cases, lack }: CheckResult): readonly RequirementId[] {
  if (cases.length > 0 || lack === undefined) return []
  return [...(lack.blockedBy ?? []), ...neededFeatures(id).map((feature) => rootOf[feature])]
}

async function probe(
  { id, probe }: HistoryCheck,
  state: TargetState,
  routeClient: RouteClient,
): Promise<void> {
  if (probe === undefined || probe.needs.some((need) => need(state) !== undefined)) return
  await attributeRequests(id, () => probe.run(new CheckContext(state, routeClient, false)), rankIn(id))
}

async function look(
  question: Observation,
  state: TargetState,
  routeClient: RouteClient,
): Promise<Seen | undefined> {
  if (question.needs.some((need) => need(state) !== undefined)) return undefined
  const context = new CheckContext(state, routeClient, false)
  try {
    const seen = await attributeRequests(question.id, () => question.look(context), rankIn(question.id))
    return { id: question.id, question: question.question, seen, exchanges: [] }
  } catch (error) {
    const seen = `could not be seen (${error instanceof Error ? error.message : 'unknown error'})`
    return { id: question.id, question: question.question, seen, exchanges: [] }
  }
}

function notRun(id: RequirementId): Outcome {
  return { id, verdict: 'not-run', judged: 0, findings: [] }
}
