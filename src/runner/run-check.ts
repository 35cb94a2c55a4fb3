import { type RequirementId, requirementOf } from '../contract/catalogue.ts'
import type { Finding } from '../oracle/finding.ts'
import type { History } from '../oracle/history.ts'
import type { Page } from '../oracle/pagination/page.ts'
import type { UnmetPrecondition } from '../record/unmet-precondition.ts'
import { CheckContext } from '../spec-dsl/check-context.ts'
import type { HistoryVerdict } from '../spec-dsl/history-verdict.ts'
import { NotExercised } from '../spec-dsl/not-exercised.ts'
import type { AskingCheck, HistoryCheck } from '../spec-dsl/spec-items.ts'
import { attributeRequests } from '../targets/request-attribution.ts'
import type { RouteClient } from '../targets/route-client.ts'
import type { TargetState } from '../targets/target-state.ts'
import type { CheckResult } from '../verdict/outcome.ts'
import { rankIn } from './rank-requests.ts'

const unexercised: UnmetPrecondition = {
  missing: 'data that exercises it',
  provide: 'See INP-01 and INP-04 first, or point CONFORMANCE_THREAD_ID to a thread with more varied events.',
}

/** What one run of a check found, and how to see one of its findings again. */
export interface Checked {
  /** The check's own result, and what it saw of other requirements. */
  readonly results: readonly CheckResult[]
  /** Asks again what showed a finding; resolves to whether it shows again, or to nothing where that cannot be seen. */
  readonly showsAgain: (finding: Finding) => Promise<boolean | undefined>
}

/**
 * Runs one check once.
 * @param onStart called with its context, which shows what was judged so far
 */
export async function runCheck(
  check: AskingCheck,
  state: TargetState,
  routeClient: RouteClient,
  onStart?: (context: CheckContext) => void,
): Promise<Checked> {
  const { id } = check
  const lack = check.needs.map((need) => need(state)).find((missing) => missing !== undefined)
  const never = () => Promise.resolve(false)
  if (lack !== undefined) return { results: [{ id, cases: [], lack }], showsAgain: never }
  try {
    const { context, lack } = await tryOnce(check, state, routeClient, false, onStart)
    return {
      results: resultsOf(id, context, lack),
      showsAgain: async (finding) => {
        const repeat = context.cases.find((one) => one.finding === finding)?.repeat
        if (repeat !== undefined) return (await repeat()) !== undefined
        const attributed = context.attributions.find((one) => one.finding === finding)
        const again = (await tryOnce(check, state, routeClient, true)).context
        return attributed === undefined
          ? again.cases.some((one) => one.finding?.kind === finding.kind)
          : again.attributions.some(
              (one) => one.id === attributed.id && one.finding.kind === attributed.finding.kind,
            )
      },
    }
  } catch (error) {
    return { results: [brokenResult(id, error)], showsAgain: never }
  }
}

/** Runs one judge over everything that was asked. */
export async function runHistoryCheck(check: HistoryCheck, routeClient: RouteClient): Promise<Checked> {
  const { id, judge } = check
  const showsAgain = (finding: Finding) => showsInHistory(check, routeClient, finding)
  try {
    const verdict = judge(routeClient.history())
    // What a change over time would explain counts only when asking again shows it.
    const confirmed: Finding[] = []
    for (const finding of (verdict.tentative ?? []).slice(0, mostTentative))
      if (await showsAgain(finding)) confirmed.push(finding)
    const cases = casesOf(verdict, confirmed)
    const lack = cases.length === 0 ? { lack: lackOf(check, routeClient.history()) } : {}
    return { results: [{ id, cases, ...lack }], showsAgain }
  } catch (error) {
    return { results: [brokenResult(id, error)], showsAgain: () => Promise.resolve(false) }
  }
}

/** Kinds of findings about what a target sends from time to time: a short stream may lack it. */
const occasional: ReadonlySet<string> = new Set(['keep-alive-id'])

/** Repeats the exchanges that a finding cites; resolves to whether the judge finds something in them again. */
export async function showsInHistory(
  { judge }: HistoryCheck,
  routeClient: Pick<RouteClient, 'repeat'>,
  { exchanges, kind }: Finding,
): Promise<boolean | undefined> {
  const { findings, tentative = [] } = judge(await routeClient.repeat(exchanges))
  if (findings.length + tentative.length > 0) return true
  return occasional.has(kind) ? undefined : false
}

/** Areas whose requirements are judged on events, and so on lists that can be read. */
const ofEvents: ReadonlySet<string> = new Set(['event', 'envelope', 'order', 'isolation', 'accept', 'stream'])

// Whatever else is missing: where no list can be read, or no event has an id, that comes first.
function lackOf({ id, missing }: HistoryCheck, { lists }: History): UnmetPrecondition {
  if (lists.length === 0 || !ofEvents.has(requirementOf(id).area)) return missing
  const pages = lists.flatMap(({ page }) => (typeof page === 'string' ? [] : page))
  const first = pages.length === 0 ? unreadable : lacksIds(pages) ? (['EVT-01'] as const) : []
  return { ...missing, blockedBy: [...(missing.blockedBy ?? []), ...first] }
}

const unreadable = ['ENV-01', 'ENV-02', 'NEG-03', 'INP-04'] as const

function lacksIds(pages: readonly Page[]): boolean {
  const events = pages.flatMap((page) => page.events)
  return events.length > 0 && events.every((event) => event.id === undefined)
}

/** Differences over time beyond these say nothing new. */
export const mostTentative = 3

/** The cases of a judge of the whole history, with further findings that were confirmed. */
export function casesOf({ cases, findings, judged }: HistoryVerdict, confirmed: readonly Finding[]) {
  const found = confirmed.map((finding) => ({ exchanges: finding.exchanges, finding }))
  if (cases !== undefined) return [...cases, ...found]
  return [
    ...findings.map((finding) => ({ exchanges: finding.exchanges, finding })),
    ...found,
    ...Array.from({ length: Math.max(0, judged - findings.length) }, () => ({ exchanges: [] })),
  ]
}

/** What a check and its context show by now: its own result, and what it saw of other requirements. */
export function resultsOf(
  id: RequirementId,
  context: CheckContext,
  lack: UnmetPrecondition | undefined,
): CheckResult[] {
  // The first finding represents the others.
  const inOrder = context.cases.toSorted((one, other) => (one.place ?? 0) - (other.place ?? 0))
  const cases = inOrder.map(({ repeat: _repeat, place: _place, ...one }) => one)
  const further = context.attributions.map(({ id, finding, because = [] }) => ({
    id,
    cases: [{ exchanges: finding.exchanges, finding, because }],
  }))
  return [{ id, cases, ...(lack === undefined ? {} : { lack }) }, ...further]
}

async function tryOnce(
  check: AskingCheck,
  state: TargetState,
  routeClient: RouteClient,
  fresh: boolean,
  onStart?: (context: CheckContext) => void,
) {
  const context = new CheckContext(state, routeClient, fresh)
  onStart?.(context)
  let lack: UnmetPrecondition | undefined
  try {
    await attributeRequests(check.id, () => check.run(context), rankIn(check.id))
  } catch (error) {
    if (!(error instanceof NotExercised)) throw error
    lack = error.missing
  }
  if (context.cases.length === 0) {
    lack ??= context.unmet ?? unexercised
    const { blockedBy } = context
    if (blockedBy.length > 0) lack = { ...lack, blockedBy: [...blockedBy, ...(lack.blockedBy ?? [])] }
  }
  return { context, lack }
}

function brokenResult(id: RequirementId, error: unknown): CheckResult {
  const broken = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return { id, cases: [], broken }
}
