import { runAgainst } from '../../acceptance/run-against.ts'
import { specs } from '../../specs/index.ts'
import type { RequirementId } from '../../src/contract/catalogue.ts'
import type { RunRecord } from '../../src/record/run-record.ts'
import type { Fault } from '../../src/reference/faults/fault.ts'
import { faults } from '../../src/reference/faults/index.ts'
import type { Exchange } from '../../src/wire/exchange.ts'
import { checkOf, type Exposure, type Requests } from './greedy-order.ts'

/** What the order is learnt from. */
export interface Recording {
  readonly requests: Requests
  /** For each question, those of the same check whose answers it waits for. */
  readonly earlier: Readonly<Record<string, readonly string[]>>
  readonly exposures: readonly Exposure[]
}

/** Findings with more exchanges than these are walks whose parts show nothing by themselves. */
const mostExchanges = 12
const mostSets = 60

/** So many that no request waits in the queue: each goes out as soon as the check makes it. */
const unqueued = 500
const trials = 3

/** A bound that no run reaches: ranks decide the order, and the preparation is that of a run with a budget. */
const limited = { runs: 0, maxRequests: 100_000 }
const impatient = { timeoutMs: 2_000, streamIdleMs: 800, streamTotalMs: 20_000 }

/** Requirements that are judged by what the checks of others ask. */
const overWholeRun: ReadonlySet<RequirementId> = new Set(
  specs.flatMap(({ items }) => items.flatMap((item) => (item.kind === 'history' ? [item.id] : []))),
)

/** The faults that show without generated or live data, on the thread that the suite chooses by itself. */
export const plainFaults: readonly Fault[] = faults.filter(
  ({ generatedOnly, world, violates: [first] }) =>
    generatedOnly !== true && world === undefined && first !== 'PAG-12' && first !== 'SSE-09',
)

/** Runs the plain checks against every fault that shows without generated data. */
export async function recordExposures(told: (line: string) => void): Promise<Recording> {
  const requests = await requestsOfRun()
  const earlier = await dependencies()
  const exposures: Exposure[] = []
  for (const fault of plainFaults) {
    const exposure = await exposureOf(fault, earlier)
    told(`${fault.name}: ${exposure.sets.length}`)
    if (exposure.sets.length > 0) exposures.push(exposure)
  }
  return { requests, earlier: Object.fromEntries(earlier), exposures }
}

/** Runs the checks that may show a fault: those of what it breaks, or all. */
export async function exposureOf(
  fault: Fault,
  earlier: ReadonlyMap<string, readonly string[]>,
): Promise<Exposure> {
  const only = fault.violates.some((id) => overWholeRun.has(id)) ? [] : fault.violates
  const server = { behaviour: fault.override, control: false }
  const record = await runAgainst(server, { ...limited, ...impatient, only })
  return { fault: fault.name, sets: setsOf(record, fault, earlier) }
}

/** The requests of a run against a correct server. */
export async function requestsOfRun(): Promise<Requests> {
  const { exchanges, questions = {} } = await runAgainst({}, limited)
  const all = exchanges
    .filter(({ purpose }) => purpose !== 'live')
    .toSorted((one, other) => one.id - other.id)
    .map(({ id }) => questions[id] ?? [])
  // What a run reads at its end, a run with a budget does not reach.
  return all.slice(0, all.findLastIndex(({ length }) => length > 0) + 1)
}

/** For each question, those of the same check whose answers it waits for. */
export async function dependencies(): Promise<ReadonlyMap<string, readonly string[]>> {
  let known: Map<string, readonly string[]> | undefined
  for (let trial = 0; trial < trials; trial++) {
    const seen = new Map(earlierQuestions(await runAgainst({}, { ...limited, concurrency: unqueued })))
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

// Requests of different chains do not wait for each other.
function mayWaitFor(question: string, other: string): boolean {
  if (checkOf(other) !== checkOf(question)) return false
  const chain = chainOf(other)
  return chain === '' || chain === chainOf(question)
}

const chainOf = (question: string) => question.slice(0, question.lastIndexOf('.') + 1)

const endOf = ({ startedAtMs, totalMs }: Exchange) => startedAtMs + totalMs

function setsOf(
  { outcomes, attribution, questions = {} }: RunRecord,
  { violates }: Fault,
  earlier: ReadonlyMap<string, readonly string[]>,
): string[][] {
  if (outcomes.every(({ verdict }) => verdict !== 'fail')) return []
  const cited = attribution.results
    .filter(({ id }) => violates.includes(id))
    .flatMap(({ id, cases }) =>
      cases.flatMap(({ finding }) => (finding === undefined ? [] : [{ id, asked: finding.exchanges }])),
    )
    .filter(({ asked }) => asked.length <= mostExchanges)
  const sets = cited.flatMap(({ id, asked }) => {
    const ways = asked.map((one) => questionsFor(id, questions[one] ?? []))
    const most = Math.max(1, ...ways.map(({ length }) => length))
    // A request that screens for several cases shows what their own requests show.
    return Array.from({ length: most }, (_, way) => {
      const own = ways.flatMap((one) => one[way] ?? one[0] ?? [])
      return [...new Set(own.flatMap((question) => [...(earlier.get(question) ?? []), question]))].sort()
    })
  })
  const distinct = [...new Map(sets.map((set) => [set.join(), set])).values()]
  return distinct.sort((a, b) => a.length - b.length).slice(0, mostSets)
}

// An exchange answers the questions of several checks; the one that judges it may have waited for others.
function questionsFor(check: string, questions: readonly string[]): readonly string[] {
  const own = questions.filter((question) => checkOf(question) === check)
  return own.length > 0 ? own : questions.slice(0, 1)
}
