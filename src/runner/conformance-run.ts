import { isRequirementId, requirementOf } from '../contract/catalogue.ts'
import { defaultRevision } from '../contract/revisions/index.ts'
import { interoperabilityNotes } from '../oracle/interoperability.ts'
import { spokenRevision } from '../oracle/spoken-revision.ts'
import type { Obstacle } from '../record/obstacle.ts'
import { redactFields } from '../record/redact-fields.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { AskingCheck, HistoryCheck, Spec, SpecItem } from '../spec-dsl/spec-items.ts'
import { specsOfRevision } from '../spec-dsl/specs-of-revision.ts'
import { SessionFixtures } from '../targets/session-fixtures.ts'
import { nothingJudged } from '../verdict/attribution-input.ts'
import type { Outcome, Seen } from '../verdict/outcome.ts'
import type { ClientOptions } from '../wire/client.ts'
import { trafficOf } from '../wire/traffic.ts'
import { noEvents } from './prepare/preflight.ts'
import { type PreparedTarget, prepareTarget } from './prepare/prepare-target.ts'
import { beforeGraceEnds, endedRun, openBudget, type RunBudget, withinBudget } from './run-budget.ts'
import type { RunPlan } from './run-plan.ts'
import { runSpecs, type SpecRun } from './run-specs.ts'
import { partOf } from './shards/run-part.ts'
import { areasOfShard, leftToOthers, shardOf } from './shards/shard.ts'

/** A run under way. */
export interface ConformanceRun {
  /** The outcome of one requirement, as soon as it is known. */
  readonly specRun: SpecRun
  /** The whole record; connections are closed by then. */
  readonly record: Promise<RunRecord>
}

/**
 * Prepares the target and starts every check, all within the time budget of the plan.
 * @param signal of whoever may stop the run before it is over
 * @param onExchange called with every exchange once it is complete
 */
export async function startRun(
  plan: RunPlan,
  allSpecs: readonly Spec[],
  signal?: AbortSignal,
  onExchange?: ClientOptions['onExchange'],
): Promise<ConformanceRun> {
  const specs = specsOfPlan(allSpecs, plan)
  const startedAt = new Date().toISOString()
  const began = performance.now()
  const budget = openBudget(plan, signal)
  let watch: (() => void) | undefined
  const answered: ClientOptions['onExchange'] = (exchange) => {
    onExchange?.(exchange)
    watch?.()
  }
  const prepared = await beforeGraceEnds(prepareTarget(plan, budget, answered), budget.over)
  const ids = specs.flatMap(({ items }) => items.flatMap((item) => (isRequirement(item) ? [item.id] : [])))
  if (prepared === undefined) return unpreparedRun(plan, ids, startedAt, began, budget)
  const cut = budget.ended
  const judgeable = prepared.obstacle === undefined
  const all = plan.only.length === 0
  const areas = areasOfShard(
    specs.map(({ area }) => area),
    plan.shard,
  )
  const elsewhere = leftToOthers(specs, areas)
  // Areas of open questions alone belong to a whole run.
  const asked = all ? specs : specs.filter(({ items }) => items.some(({ kind }) => kind !== 'observation'))
  const share = shardOf(asked, areas)
  const selection = {
    check: (id: Outcome['id']) =>
      judgeable && !elsewhere.has(id) && (all || plan.only.some((name) => covers(name, id, specs))),
    // Generated data costs far more than a single check, so it is selected by a name of its own.
    generated: () => judgeable && (all || plan.only.includes('model')),
  }
  const specRun = withinBudget(
    runSpecs(share, prepared.state, prepared.routeClient, selection, { attempts: plan.attempts }),
    budget,
  )
  budget.onFewRequestsLeft(() => specRun.useLastRequests())
  if (plan.failFast === true) watch = stopAtFailure(specRun, ids, budget)
  const record = finish(plan, prepared, specRun, budget, cut).then((rest) =>
    redactFields({ startedAt, durationMs: performance.now() - began, ...rest }, plan.redactedFields),
  )
  return { specRun, record }
}

function isRequirement(item: SpecItem): item is AskingCheck | HistoryCheck {
  return item.kind === 'asking' || item.kind === 'history'
}

/** The specs that a plan judges by: those of its revision. */
export function specsOfPlan(
  specs: readonly Spec[],
  { revision = defaultRevision }: RunPlan,
): readonly Spec[] {
  return specsOfRevision(specs, revision)
}

/** After how many responses a run that stops at the first failure looks for one. */
const looksAfter = 20

/**
 * Looks for a failure whenever another check has made its requests, and after some responses. The preparation alone may show
 * a failure too.
 * @returns to be called with each response
 */
function stopAtFailure(run: SpecRun, ids: readonly Outcome['id'][], budget: RunBudget): () => void {
  let looking = false
  const look = async () => {
    if (looking || budget.ended !== undefined) return
    looking = true
    const failed = await run.firstFailure()
    looking = false
    if (failed !== undefined) budget.failFast(failed)
  }
  void look()
  for (const id of ids) void run.checked(id).then(look)
  let responses = 0
  return () => {
    responses += 1
    if (responses % looksAfter === 0) void look()
  }
}

function withWhatIsLeft(limit: Obstacle, { only, shard }: RunPlan, outcomes: readonly Outcome[]): Obstacle {
  const left = outcomes.filter(
    ({ verdict, reason }) => verdict === 'not-run' || reason?.startsWith(limit.problem.slice(0, -1)) === true,
  ).length
  if (limit.concerns !== 'requests' || left === 0 || only.length > 0 || shard !== undefined) return limit
  const more = `${left} requirement${left === 1 ? '' : 's'}`
  return { ...limit, problem: limit.problem.replace(/\.$/, `; a whole run judges ${more} more.`) }
}

async function finish(
  plan: RunPlan,
  prepared: PreparedTarget,
  run: SpecRun,
  budget: RunBudget,
  cut: Obstacle | undefined,
) {
  const { client, state, recorder } = prepared
  const outcomes = await run.outcomes
  const attribution = await run.attribution
  const observations =
    prepared.obstacle === undefined
      ? [
          ...(await run.observations),
          ...interferenceIn(state),
          ...lateArrivals(state),
          ...notes(prepared, plan),
        ]
      : []
  const generated = prepared.obstacle === undefined ? await run.generated : undefined
  const { ended } = budget
  // What was asked is judged; a run that was cut off while it prepared has nothing to judge by.
  const limit = cut === undefined && ended?.concerns !== undefined ? ended : undefined
  await beforeGraceEnds(
    state.controlAccess.close().then(() => client.close()),
    budget.over,
  )
  budget.close()
  return {
    ...revisionPart(plan),
    ...spokenPart(prepared),
    target: {
      baseUrl: plan.target.baseUrl,
      embedded: plan.target.embedded,
      sessionId: state.thread?.sessionId ?? null,
      threadId: state.thread?.threadId ?? null,
      siblingThreadId: state.sibling?.threadId ?? null,
      otherSessionId: state.other?.sessionId ?? null,
      otherThreadId: state.other?.threadId ?? null,
      eventsRead: state.thread?.events.length ?? 0,
      wholeThreadRead: state.thread?.complete ?? false,
    },
    limit: limit && withWhatIsLeft(limit, plan, outcomes),
    obstacle:
      (limit === undefined ? ended : undefined) ??
      prepared.obstacle ??
      unreadable(state) ??
      controlObstacle(state),
    part: partOf(plan),
    outcomes,
    attribution,
    observations,
    generated,
    // Requests that the end of the run cut off may still add to it.
    exchanges: [...client.exchanges],
    reasons: prepared.routeClient.reasons.all,
    questions: prepared.routeClient.reasons.questions,
    evidence: recorder.evidence,
    traffic: client.traffic(),
  }
}

// The embedded server's data is the suite's own, and hostile to readers on purpose.
function notes({ routeClient }: PreparedTarget, { target }: RunPlan): Seen[] {
  return target.embedded ? [] : interoperabilityNotes(routeClient.history().streams)
}

function interferenceIn({ interference }: PreparedTarget['state']): Seen[] {
  if (interference === undefined) return []
  return [
    {
      id: 'interference',
      question: 'Do simultaneous requests affect each other?',
      seen: 'yes: some responses differ from those to separate requests (NEG-05). The run sent one request at a time from then on',
      exchanges: interference.finding.exchanges,
    },
  ]
}

// Said once, and only by the end is it known.
function lateArrivals({ thread }: PreparedTarget['state']): Seen[] {
  const ids = thread?.late.map(({ event }) => event.id) ?? []
  if (ids.length === 0) return []
  const seen = `yes: ${ids.length} of them appeared between older ones while the thread was read (${ids.slice(0, 3).join(', ')}); they were not judged`
  return [
    {
      id: 'late-arrivals',
      question: 'Do events commit late, with an earlier created_at?',
      seen,
      exchanges: [],
    },
  ]
}

// Nothing may pass for conformant whose plain list says nothing: no finding may be due, as when it is too large.
function unreadable({ thread, controlAccess, searchStopped }: PreparedTarget['state']): Obstacle | undefined {
  const emptyOnly =
    thread !== undefined &&
    thread.events.length === 0 &&
    !(controlAccess.sessionFixtures instanceof SessionFixtures)
  if (thread?.problem === undefined)
    return emptyOnly ? noEvents(thread, searchStopped, thread.nameless) : undefined
  return {
    problem: `No list of the thread could be read: ${thread.problem}.`,
    advice: 'Fix the basic list response first, or raise the limit named above.',
  }
}

// Requirements that need the control protocol are inconclusive then, which must not look like a target without one.
function controlObstacle({ controlAccess }: PreparedTarget['state']): Obstacle | undefined {
  const failure = controlAccess.controlFailure()
  if (failure === undefined) return undefined
  return {
    problem: `The control protocol does not work: ${failure}.`,
    advice:
      'Check CONFORMANCE_CONTROL_URL and CONFORMANCE_CONTROL_TOKEN, or unset CONFORMANCE_CONTROL_URL to judge without it.',
  }
}

/** A run whose budget ended while the target was still being prepared. */
function unpreparedRun(
  plan: RunPlan,
  ids: readonly Outcome['id'][],
  startedAt: string,
  began: number,
  budget: RunBudget,
): ConformanceRun {
  const { ended } = budget
  if (ended === undefined) throw new Error('The preparation ended without a result.')
  budget.close()
  const { sessionId, threadId, siblingThreadId, otherSessionId, otherThreadId } = plan.target.ids
  const specRun = endedRun(ids, ended)
  const record = specRun.outcomes.then(
    (outcomes): RunRecord => ({
      startedAt,
      durationMs: performance.now() - began,
      ...revisionPart(plan),
      target: {
        baseUrl: plan.target.baseUrl,
        embedded: plan.target.embedded,
        sessionId: sessionId ?? null,
        threadId: threadId ?? null,
        siblingThreadId: siblingThreadId ?? null,
        otherSessionId: otherSessionId ?? null,
        otherThreadId: otherThreadId ?? null,
        eventsRead: 0,
        wholeThreadRead: false,
      },
      obstacle: ended,
      part: partOf(plan),
      outcomes,
      attribution: nothingJudged,
      observations: [],
      generated: undefined,
      exchanges: [],
      reasons: {},
      evidence: { answers: [], values: [], setupActions: [], complete: false },
      traffic: trafficOf([], 0),
    }),
  )
  return { specRun, record }
}

// The default revision goes without saying.
function revisionPart({ revision = defaultRevision }: RunPlan): Pick<RunRecord, 'revision'> {
  return revision === defaultRevision ? {} : { revision: revision.name }
}

function spokenPart({ routeClient }: PreparedTarget): Pick<RunRecord, 'spokenRevision'> {
  const spoken = spokenRevision(routeClient.history().lists, routeClient.revision)
  return spoken === undefined ? {} : { spokenRevision: spoken.name }
}

function covers(name: string, id: Outcome['id'], specs: readonly Spec[]): boolean {
  if (isRequirementId(name)) return name === id
  const own = specs.filter(({ area }) => area === name).flatMap(({ items }) => items)
  return requirementOf(id).area === name || own.some((item) => 'id' in item && item.id === id)
}
