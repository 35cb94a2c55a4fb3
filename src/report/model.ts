import { catalogueVersion, type Level, requirementOf } from '../contract/catalogue.ts'
import { defaultRevision, revisionNamed } from '../contract/revisions/index.ts'
import { applies, requirementIn } from '../contract/revisions/revision.ts'
import type { Finding } from '../oracle/finding.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { Counterexample } from '../verdict/counterexample.ts'
import type { Diagnosis } from '../verdict/diagnosis.ts'
import { judgeRun, type RunVerdict, type Strictness } from '../verdict/judge-run.ts'
import type { Outcome, Verdict } from '../verdict/outcome.ts'
import { applyWaivers, type Waiver, type WaiverEffect, type WaiverState } from '../verdict/waivers.ts'
import { curlLine } from '../wire/curl.ts'
import type { Exchange, HeaderPair } from '../wire/exchange.ts'
import type { Traffic } from '../wire/traffic.ts'
import { type Advice, causesOf, type ReportedCause } from './causes.ts'
import { featureTable, type ReportedCapability } from './feature-table.ts'
import { fingerprintOf } from './fingerprint.ts'
import { failedByServerErrors } from './server-errors.ts'

/** The number of requirements with each verdict, for one level. `inconclusive` is the sum of `blocked` and `not_judged`. */
export type Counts = Readonly<Record<Verdict | 'blocked' | 'not_judged', number>>

/** One requirement of a report, with its catalogue entry. */
export interface ReportedRequirement {
  readonly id: string
  readonly level: Level
  readonly area: string
  readonly title: string
  readonly source: readonly string[]
  readonly verdict: Verdict
  readonly judged: number
  /** How long the requests for this requirement took in total. Requests are concurrent and shared. */
  readonly request_ms?: number
  readonly reason?: string
  readonly provide?: string
  readonly reproduced?: string
  /** The failing requirements that must be met before this one can be judged. */
  readonly blocked_by?: readonly string[]
  /** Set if the waiver of its blocker does not cover it. Then it fails the run. */
  readonly uncovered?: true
  /** Number of cases that do not count because they rely on a broken feature. */
  readonly left_out?: number
  /** The verdict when it was last judged, in this run or in the baseline. */
  readonly last_judged?: 'pass' | 'fail'
  readonly findings?: readonly ReportedFinding[]
  readonly waived_by?: readonly Waiver[]
}

/** A finding with the fingerprint that identifies it in later runs and waivers. */
export interface ReportedFinding extends Finding {
  readonly fingerprint: string
  /** The owner of the waiver that covers it, if the requirement fails because of another finding. */
  readonly waived_by?: string
}

/** One exchange of a report: redacted, shortened, with the command that repeats it. */
export interface ReportedExchange {
  readonly id: number
  readonly purpose: string
  readonly method: string
  readonly target: string
  readonly request_headers: readonly HeaderPair[]
  readonly status: number | null
  readonly response_headers: readonly HeaderPair[]
  readonly body: string
  readonly failure: string | null
  readonly frames:
    | readonly { readonly id: string | null; readonly event: string | null; readonly data: string }[]
    | null
  readonly stream_end: string | null
  readonly first_byte_ms: number | null
  readonly total_ms: number
  /** The trace that the request started, for the owner of the target. */
  readonly trace_id?: string
  readonly curl: string
}

/** A counterexample of generated data, as `replay` reads it. */
export type ReportedCounterexample = Omit<Counterexample, 'finding'>

/** The report of a run, as described in `schemas/report.schema.json`. */
export interface Report {
  readonly format: 'thread-events-conformance/2'
  readonly suite: { readonly version: string; readonly catalogue: number }
  /** The revision that the run was judged by, if it is not the default one. */
  readonly revision?: string
  /** The revision that the target seems to implement, if it is another one. */
  readonly spoken_revision?: string
  readonly target: {
    readonly base_url: string
    readonly embedded: boolean
    readonly session_id: string | null
    readonly thread_id: string | null
    readonly sibling_thread_id: string | null
    readonly other_session_id: string | null
    readonly other_thread_id: string | null
    readonly events_read: number
    readonly whole_thread_read: boolean
    readonly problem?: string
    readonly advice?: string
  }
  readonly started_at: string
  readonly duration_ms: number
  readonly strict: boolean
  /** Set if flaky failures do not fail the run. */
  readonly allow_flaky?: true
  /** The command that repeats a failure, without the id of its requirement. */
  readonly replay_command?: string
  /** Set if this is one shard of a run. */
  readonly part?: { readonly index: number; readonly count: number }
  readonly verdict: RunVerdict
  readonly exit_code: 0 | 1 | 2 | 3 | 4
  readonly sentence: string
  readonly summary: Readonly<Record<Level, Counts>>
  /** What the target does with each feature of the route. */
  readonly capabilities: readonly ReportedCapability[]
  /** Root causes, the one that blocks most first. */
  readonly causes: readonly ReportedCause[]
  readonly requirements: readonly ReportedRequirement[]
  readonly waivers: readonly { readonly waiver: Waiver; readonly state: WaiverState }[]
  readonly observations: readonly {
    readonly id: string
    readonly question: string
    readonly seen: string
    readonly exchanges: readonly number[]
  }[]
  readonly exchanges: readonly ReportedExchange[]
  readonly traffic: Traffic
  /** The seed of generated data; the same seed generates the same data. */
  readonly seed?: number
  /** Known bugs that produce the same responses as the target. They do not change the verdict. */
  readonly diagnosis?: Diagnosis
  readonly generated?: {
    readonly worlds: number
    readonly questions: number
    readonly counterexamples: readonly ReportedCounterexample[]
    /** Requirements that also failed with generated data, where failing checks may be the cause. */
    readonly explained: readonly string[]
    /** Why no worlds were generated. */
    readonly missing?: string
  }
}

/** Maximum findings of one requirement, apart from those of a new kind. */
const mostFindings = 10
const keptBodyChars = 4_000
const keptFrames = 40

/** How a run is judged: strictness and waivers. */
export interface GateSettings extends Strictness {
  readonly waivers: readonly Waiver[]
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string
}

/** Builds the report of a run. */
export function buildReport(
  record: RunRecord,
  suiteVersion: string,
  gate: GateSettings,
  diagnosis?: Diagnosis,
  remedyFor?: (requirement: string, message?: string) => Advice | undefined,
): Report {
  const { target, obstacle } = record
  const base = new URL(target.baseUrl)
  const asked = new Map(record.exchanges.map((exchange) => [exchange.id, exchange]))
  const times = requestTimes(record)
  const plain = record.outcomes.map((outcome) => ({
    ...reportedRequirement(outcome, asked, base, record.revision),
    request_ms: rounded(times.get(outcome.id) ?? 0),
  }))
  const failures = plain
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ id, findings = [] }) => ({ id, findings }))
  const blocked = record.outcomes.flatMap(({ id, blockedBy }) =>
    blockedBy === undefined ? [] : [{ id, blockedBy }],
  )
  const effect = applyWaivers(failures, gate.waivers, gate.today, blocked)
  const { waived, states, waiverOf, uncovered } = effect
  const isUncovered: ReadonlySet<string> = uncovered
  const requirements = plain
    .map((one): ReportedRequirement => {
      const waivedBy = waived.get(one.id)
      return waivedBy === undefined
        ? newFirst(isUncovered.has(one.id) ? { ...one, uncovered: true } : one, waiverOf)
        : { ...one, verdict: 'waived', waived_by: waivedBy }
    })
    .map((one) => (one.findings === undefined ? one : { ...one, findings: limited(one.findings) }))
    .sort(inCatalogueOrder)
  const outcomes = record.outcomes.map((one) =>
    waived.has(one.id) ? { ...one, verdict: 'waived' as const } : one,
  )
  // The failure that a waiver covers may be in another part.
  const known = record.part === undefined ? states : states.filter(({ state }) => state !== 'unused')
  const unused = known.filter(({ state }) => state === 'unused').length
  const judgement = judgeRun(outcomes, gate, {
    obstacle: obstacle?.problem,
    limit: record.limit?.problem,
    unusedWaivers: unused,
    uncovered: [...uncovered],
    isPart: record.part !== undefined,
    eventsRead: target.eventsRead > 0 || (record.generated?.worlds ?? 0) > 0,
  })
  const advice = obstacle ?? record.limit ?? adviceFor(record, judgement.exitCode)
  const capabilities = featureTable(record)
  const shown = new Set([
    ...capabilities.flatMap(({ state, exchange }) => (state === 'works' ? [] : (exchange ?? []))),
    ...requirements.flatMap(({ findings = [] }) => findings.flatMap(({ exchanges }) => exchanges)),
    ...(diagnosis?.problems.map(({ exchange }) => exchange) ?? []),
    ...(diagnosis?.unexplained_exchange === undefined ? [] : [diagnosis.unexplained_exchange]),
  ])
  return {
    format: 'thread-events-conformance/2',
    suite: { version: suiteVersion, catalogue: catalogueVersion },
    ...(record.revision === undefined ? {} : { revision: record.revision }),
    ...(record.spokenRevision === undefined ? {} : { spoken_revision: record.spokenRevision }),
    target: {
      base_url: target.baseUrl,
      embedded: target.embedded,
      session_id: target.sessionId,
      thread_id: target.threadId,
      sibling_thread_id: target.siblingThreadId,
      other_session_id: target.otherSessionId,
      other_thread_id: target.otherThreadId,
      events_read: target.eventsRead,
      whole_thread_read: target.wholeThreadRead,
      ...(advice === undefined ? {} : { problem: advice.problem, advice: advice.advice }),
    },
    started_at: record.startedAt,
    duration_ms: Math.round(record.durationMs),
    strict: gate.strict,
    ...(gate.allowFlaky === true ? { allow_flaky: true } : {}),
    ...(record.part === undefined ? {} : { part: { index: record.part.index, count: record.part.count } }),
    verdict: judgement.verdict,
    exit_code: judgement.exitCode,
    sentence: judgement.sentence,
    summary: { MUST: countsOf(outcomes, 'MUST'), SHOULD: countsOf(outcomes, 'SHOULD') },
    capabilities,
    causes: causesOf(
      requirements,
      capabilities,
      diagnosis,
      failedByServerErrors(record.outcomes, asked),
      remedyFor,
    ),
    requirements,
    waivers: known,
    observations: record.observations,
    exchanges: record.exchanges
      .filter(({ id }) => shown.has(id))
      .map((exchange) => reportedExchange(exchange, base)),
    traffic: record.traffic,
    ...(diagnosis === undefined ? {} : { diagnosis }),
    ...generatedPart(record),
  }
}

// What to configure if there were no events to read; checks name their own needs.
function adviceFor({ target, generated }: RunRecord, exitCode: number): RunRecord['obstacle'] {
  if (exitCode !== 3 || target.eventsRead > 0 || (generated?.worlds ?? 0) > 0) return undefined
  const found = target.threadId !== null
  return {
    problem: found
      ? `The thread ${target.threadId} of session ${target.sessionId} has no events.`
      : 'No thread was found.',
    advice:
      'Set CONFORMANCE_SESSION_ID and CONFORMANCE_THREAD_ID to a thread with events that the token may read.',
  }
}

function generatedPart({ generated }: RunRecord): Pick<Report, 'seed' | 'generated'> {
  if (generated === undefined) return {}
  const { seed, worlds, questions, counterexamples, explained, missing } = generated
  return {
    seed,
    generated: {
      worlds,
      questions,
      counterexamples: counterexamples.map(({ finding: _finding, ...rest }) => rest),
      explained,
      ...(missing === undefined ? {} : { missing: missing.missing }),
    },
  }
}

function reportedRequirement(
  { id, verdict, judged, findings, reason, provide, reproduced, blockedBy, leftOut }: Outcome,
  asked: ReadonlyMap<number, Exchange>,
  base: URL,
  revisionName: string = defaultRevision.name,
): ReportedRequirement {
  const revision = revisionNamed(revisionName)
  const { level, area, title, source } = applies(revision, id)
    ? requirementIn(revision, id)
    : requirementOf(id)
  const named = findings.map((finding): ReportedFinding => {
    const exchange = asked.get(finding.exchanges[0] ?? 0)
    const request = exchange === undefined ? undefined : reportedExchange(exchange, base)
    return { ...finding, fingerprint: fingerprintOf(id, finding, request) }
  })
  return {
    id,
    level,
    area,
    title,
    source,
    verdict,
    judged,
    ...(reason === undefined ? {} : { reason }),
    ...(provide === undefined ? {} : { provide }),
    ...(reproduced === undefined ? {} : { reproduced }),
    ...(blockedBy === undefined ? {} : { blocked_by: blockedBy }),
    ...(leftOut === undefined ? {} : { left_out: leftOut }),
    ...(verdict === 'pass' || verdict === 'fail' ? { last_judged: verdict } : {}),
    ...(named.length === 0 ? {} : { findings: named }),
  }
}

// Findings that fail the run are listed before waived ones.
function newFirst(one: ReportedRequirement, waiverOf: WaiverEffect['waiverOf']): ReportedRequirement {
  if (one.findings === undefined) return one
  const marked = one.findings.map((finding): ReportedFinding => {
    const waiver = waiverOf(one.id, finding.fingerprint)
    return waiver === undefined ? finding : { ...finding, waived_by: waiver.owner }
  })
  const isNew = ({ waived_by }: ReportedFinding) => waived_by === undefined
  return { ...one, findings: [...marked.filter(isNew), ...marked.filter((finding) => !isNew(finding))] }
}

// One finding of each kind first, so that the limit never hides a kind.
function limited(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
  const kinds = new Set<string>()
  const firsts = findings.filter(({ fingerprint }) => kinds.size !== kinds.add(fingerprint).size)
  const rest = findings.filter((finding) => !firsts.includes(finding))
  return [...firsts, ...rest].slice(0, Math.max(mostFindings, firsts.length))
}

/** An exchange as reports show it. */
export function reportedExchange(exchange: Exchange, base: URL): ReportedExchange {
  const { id, purpose, request, response, failure, stream, firstByteMs, totalMs } = exchange
  return {
    id,
    purpose,
    method: request.method,
    target: request.target,
    request_headers: request.headers,
    status: response?.status ?? null,
    response_headers: response?.headers ?? [],
    body: cut(response?.body ?? ''),
    failure: failure?.message ?? null,
    frames:
      stream?.frames
        .slice(0, keptFrames)
        .map((frame) => ({ id: frame.id ?? null, event: frame.event ?? null, data: cut(frame.data) })) ??
      null,
    stream_end: stream?.end ?? null,
    first_byte_ms: firstByteMs === undefined ? null : rounded(firstByteMs),
    total_ms: rounded(totalMs),
    ...(exchange.traceId === undefined ? {} : { trace_id: exchange.traceId }),
    curl: curlLine(exchange, base),
  }
}

function cut(text: string): string {
  return text.length <= keptBodyChars ? text : `${text.slice(0, keptBodyChars)}… (${text.length} characters)`
}

function requestTimes({ exchanges, reasons }: RunRecord): ReadonlyMap<string, number> {
  const times = new Map<string, number>()
  for (const { id, totalMs } of exchanges)
    for (const name of reasons[id] ?? []) times.set(name, (times.get(name) ?? 0) + totalMs)
  return times
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100
}

function countsOf(outcomes: readonly Outcome[], level: Level): Counts {
  const counts = {
    pass: 0,
    fail: 0,
    inconclusive: 0,
    waived: 0,
    broken: 0,
    'not-run': 0,
    blocked: 0,
    not_judged: 0,
  }
  for (const { id, verdict, blockedBy } of outcomes) {
    if (requirementOf(id).level !== level) continue
    counts[verdict] += 1
    if (verdict === 'inconclusive') counts[blockedBy === undefined ? 'not_judged' : 'blocked'] += 1
  }
  return counts
}

function inCatalogueOrder(a: { readonly id: string }, b: { readonly id: string }): number {
  return (
    catalogueOrder.indexOf(a.id.slice(0, 3)) - catalogueOrder.indexOf(b.id.slice(0, 3)) ||
    a.id.localeCompare(b.id)
  )
}

const catalogueOrder = ['ENV', 'EVT', 'ORD', 'ISO', 'PAG', 'FLT', 'NEG', 'SSE', 'AUT', 'NFD', 'ERR', 'INP']
