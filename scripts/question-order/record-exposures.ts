import { runAgainst } from '../../acceptance/run-against.ts'
import { specs } from '../../specs/index.ts'
import { type Area, type RequirementId, requirementOf } from '../../src/contract/catalogue.ts'
import type { RunRecord } from '../../src/record/run-record.ts'
import type { Fault } from '../../src/reference/faults/fault.ts'
import { faults } from '../../src/reference/faults/index.ts'
import type { Exchange } from '../../src/wire/exchange.ts'
import type { Exposure, Requests } from './greedy-order.ts'
import { checkOf, isScreen } from './unknown-faults.ts'

/** The requests of a run, and how many of them it makes before its checks start. */
export interface RequestsOfRun {
  readonly requests: Requests
  readonly prepared: number
}

/** What the order is learnt from. */
export interface Recording extends RequestsOfRun {
  /** For each question, those of the same check whose answers it waits for. */
  readonly earlier: Readonly<Record<string, readonly string[]>>
  readonly exposures: readonly Exposure[]
}

/** Findings with more exchanges than these are walks whose parts show nothing by themselves. */
const mostExchanges = 12
const mostSets = 60

/** So many that no request waits in the queue: each goes out as soon as the check makes it. */
const unqueued = 500
const trials = 2

/** A bound that no run reaches: ranks decide the order, and the preparation is that of a run with a budget. */
const limited = { runs: 0, maxRequests: 100_000 }
const impatient = { timeoutMs: 2_000, streamIdleMs: 800, streamTotalMs: 20_000 }

/** Requirements that are judged by what the checks of others ask. */
const overWholeRun: ReadonlySet<RequirementId> = new Set(
  specs.flatMap(({ items }) => items.flatMap((item) => (item.kind === 'history' ? [item.id] : []))),
)

/** Requirements with requests of their own. */
const asking: readonly RequirementId[] = specs.flatMap(({ items }) =>
  items.flatMap((item) => (item.kind === 'asking' ? [item.id] : [])),
)

/** The check whose screens cover what checks of all areas ask, and those that cover what others of their area ask. */
const screening: RequirementId = 'PAG-02'
const screeningOfArea: Readonly<Partial<Record<Area, RequirementId>>> = {
  stream: 'SSE-06',
  authentication: 'AUT-02',
  'not-found': 'NFD-05',
}

/** The faults that show without generated or live data, on the thread that the suite chooses by itself. */
export const plainFaults: readonly Fault[] = faults.filter(
  ({ generatedOnly, world, violates: [first] }) =>
    generatedOnly !== true && world === undefined && first !== 'PAG-12' && first !== 'SSE-09',
)

/**
 * Runs the plain checks against every fault that shows without generated data.
 * @param known what was recorded before
 * @param anew the requirements whose faults are recorded anew, or all; new faults are in any case
 */
export async function recordExposures(
  told: (line: string) => void,
  known: Pick<Recording, 'earlier' | 'exposures'>,
  anew: readonly string[] = [],
): Promise<Recording> {
  const { requests, prepared, statuses } = await requestsOfRun()
  const checks = anew.length === 0 ? asking : asking.filter((id) => anew.includes(id))
  const earlier = new Map([...Object.entries(known.earlier), ...(await dependencies(checks))])
  const before = new Map(known.exposures.map((exposure) => [exposure.fault, exposure]))
  const exposures: Exposure[] = []
  for (const fault of plainFaults) {
    const kept =
      anew.length === 0 || fault.violates.some((id) => anew.includes(id)) ? undefined : before.get(fault.name)
    const exposure = kept ?? (await exposureOf(fault, earlier, statuses))
    if (kept === undefined) told(`${fault.name}: ${exposure.sets.length}`)
    if (exposure.sets.length > 0) exposures.push(exposure)
  }
  return { requests, prepared, earlier: Object.fromEntries(earlier), exposures }
}

/** A recording as JSON with one line for each request, question and fault. */
export function recordingText({ requests, prepared, earlier, exposures }: Recording): string {
  const lines = (all: readonly string[]) => all.map((line) => `\n${line}`).join(',')
  const ofQuestions = Object.entries(earlier).flatMap(([question, before]) =>
    before.length === 0 ? [] : `${JSON.stringify(question)}: ${JSON.stringify(before)}`,
  )
  return `{
"requests": [${lines(requests.map((one) => JSON.stringify(one)))}
],
"prepared": ${prepared},
"earlier": {${lines(ofQuestions)}
},
"exposures": [${lines(exposures.map((one) => JSON.stringify(one)))}
]
}
`
}

/**
 * Runs the checks that may show a fault: those of what it breaks, or all.
 * @param statuses the status of the correct response to each question
 */
export async function exposureOf(
  fault: Fault,
  earlier: ReadonlyMap<string, readonly string[]>,
  statuses: ReadonlyMap<string, number>,
): Promise<Exposure> {
  const ofArea = fault.violates.flatMap((id) => screeningOfArea[requirementOf(id).area] ?? [])
  const only = fault.violates.some((id) => overWholeRun.has(id))
    ? []
    : [...new Set([...fault.violates, screening, ...ofArea])]
  const server = { behaviour: fault.override, control: false }
  const record = await runAgainst(server, { ...limited, ...impatient, only })
  return { fault: fault.name, sets: setsOf(record, fault, earlier, statuses) }
}

/** The requests of a run against a correct server, and the status of the response to each question. */
export async function requestsOfRun(): Promise<
  RequestsOfRun & { readonly statuses: ReadonlyMap<string, number> }
> {
  const { exchanges, questions = {} } = await runAgainst({}, limited)
  const sent = exchanges
    .filter(({ purpose }) => purpose !== 'live')
    .toSorted((one, other) => one.id - other.id)
  const all = sent.map(({ id }) => questions[id] ?? [])
  // What a run reads at its end, a run with a budget does not reach.
  const requests = all.slice(0, all.findLastIndex(({ length }) => length > 0) + 1)
  const statuses = new Map(
    sent.flatMap(({ id, response }) =>
      response === undefined
        ? []
        : (questions[id] ?? []).map((question) => [question, response.status] as const),
    ),
  )
  return { requests, prepared: preparationOf(sent, requests), statuses }
}

// Checks have several requests under way at any time. The preparation ends with one that is answered before the next one
// is sent, and contains no screens.
function preparationOf(sent: readonly Exchange[], requests: Requests): number {
  const screen = requests.findIndex((questions) => questions.some(isScreen))
  const ends = sent.map(endOf)
  const isAnswered = (at: number) =>
    Math.max(...ends.slice(0, at + 1)) <= (sent[at + 1]?.startedAtMs ?? Number.POSITIVE_INFINITY)
  return requests.slice(0, screen === -1 ? 0 : screen).findLastIndex((_, at) => isAnswered(at)) + 1
}

/**
 * For each question, those of the same check whose answers it waits for. Each check runs alone: what it shares with others
 * goes out when the first of them asks.
 */
async function dependencies(
  checks: readonly RequirementId[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const all = new Map<string, readonly string[]>()
  for (const id of checks)
    for (const [question, before] of await dependenciesOf(id)) all.set(question, before)
  return all
}

async function dependenciesOf(id: RequirementId): Promise<ReadonlyMap<string, readonly string[]>> {
  let known: Map<string, readonly string[]> | undefined
  for (let trial = 0; trial < trials; trial++) {
    const run = await runAgainst({}, { ...limited, concurrency: unqueued, only: [id] })
    const seen = new Map(earlierQuestions(run))
    const both = known ?? seen
    // What is earlier by chance is not so every time.
    known = new Map(
      [...both].map(([question, before]) => [
        question,
        before.filter((one) => seen.get(question)?.includes(one)),
      ]),
    )
  }
  return known ?? new Map()
}

function earlierQuestions({ exchanges, questions = {} }: RunRecord): [string, readonly string[]][] {
  const asked = exchanges.flatMap((exchange) =>
    (questions[exchange.id] ?? []).map((question) => ({ question, exchange })),
  )
  return asked.map(({ question, exchange }) => [
    question,
    asked.flatMap((other) =>
      mayWaitFor(question, other.question) && endOf(other.exchange) <= exchange.startedAtMs
        ? [other.question]
        : [],
    ),
  ])
}

// Requests of different chains do not wait for each other, and none waits for a screen.
function mayWaitFor(question: string, other: string): boolean {
  if (checkOf(other) !== checkOf(question) || isScreen(other)) return false
  const chain = chainOf(other)
  return chain === '' || chain === chainOf(question)
}

const chainOf = (question: string) => question.slice(0, question.lastIndexOf('.') + 1)

function isSameRequest({ request: one }: Exchange, { request: other }: Exchange): boolean {
  const headersOf = ({ headers }: Exchange['request']) =>
    JSON.stringify(headers.filter(([name]) => name.toLowerCase() !== 'traceparent'))
  return one.method === other.method && one.target === other.target && headersOf(one) === headersOf(other)
}

const endOf = ({ startedAtMs, totalMs }: Exchange) => startedAtMs + totalMs

function setsOf(
  { outcomes, attribution, questions = {}, reasons, exchanges }: RunRecord,
  { violates }: Fault,
  earlier: ReadonlyMap<string, readonly string[]>,
  statuses: ReadonlyMap<string, number>,
): string[][] {
  if (outcomes.every(({ verdict }) => verdict !== 'fail')) return []
  const byId = new Map(exchanges.map((exchange) => [exchange.id, exchange]))
  // The preparation is for the sake of no check.
  const isFollowUp = (id: number) => questions[id] === undefined && (reasons[id] ?? []).length > 0
  // What a follow-up follows is the same request where it is one that is sent anew. Otherwise it is among what its check
  // had asked by then: a response with a wrong status, where there is one.
  const followed = (check: string, id: number): (readonly string[])[] => {
    const followUp = byId.get(id)
    const before = exchanges.filter((one) => endOf(one) <= (followUp?.startedAtMs ?? 0))
    const ofCheck = (one: Exchange) =>
      (questions[one.id] ?? []).filter((question) => checkOf(question) === check)
    const same = before.find(
      (one) => followUp !== undefined && ofCheck(one).length > 0 && isSameRequest(one, followUp),
    )
    if (same === undefined) {
      const wrong = before.filter((one) =>
        ofCheck(one).some(
          (question) => (statuses.get(question) ?? one.response?.status) !== one.response?.status,
        ),
      )
      return [(wrong.length > 0 ? wrong : before).flatMap(ofCheck)]
    }
    return questionsFor(check, questions[same.id] ?? []).map((own) => [own])
  }
  const all = Object.values(questions).flat()
  const cited = attribution.results
    .filter(({ id }) => violates.includes(id))
    .flatMap(({ id, cases }) =>
      cases.flatMap(({ finding }) => (finding === undefined ? [] : [{ id, asked: finding.exchanges }])),
    )
    .filter(({ asked }) => asked.length <= mostExchanges)
  const sets = cited.flatMap(({ id, asked }) => {
    const ways = asked.map((one) =>
      isFollowUp(one) ? followed(id, one) : questionsFor(id, questions[one] ?? []).map((own) => [own]),
    )
    const most = Math.max(1, ...ways.map(({ length }) => length))
    // A request that screens for several cases shows what their own requests show.
    return Array.from({ length: most }, (_, way) => {
      const own = ways.flatMap((one) => one[way] ?? one[0] ?? [])
      const before = (question: string) =>
        isScreen(question) ? screenOf(question, all) : earlier.get(question)
      return [...new Set(own.flatMap((question) => [...(before(question) ?? []), question]))].sort()
    })
  })
  const distinct = [...new Map(sets.map((set) => [set.join(), set])).values()]
  return distinct.sort((a, b) => a.length - b.length).slice(0, mostSets)
}

/** The requests of a screen, most of which have one. */
function screenOf(question: string, all: readonly string[]): readonly string[] {
  const prefix = question.replace(/\d+$/, '')
  return all.filter((one) => one.startsWith(prefix) && isScreen(one))
}

// An exchange answers the questions of several checks; the one that judges it may have waited for others. A request that
// screened for several cases made it go out, whichever check it belongs to.
function questionsFor(check: string, questions: readonly string[]): readonly string[] {
  const own = questions.filter((question) => checkOf(question) === check)
  const screens = questions.filter((question) => isScreen(question) && !own.includes(question))
  return [...(own.length > 0 ? own : questions.slice(0, 1)), ...screens]
}
