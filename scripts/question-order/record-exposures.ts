import { runAgainst } from '../../acceptance/run-against.ts'
import type { RunRecord } from '../../src/record/run-record.ts'
import { faults } from '../../src/reference/faults/index.ts'
import type { Exposure, Requests } from './greedy-order.ts'

/** What the order is learnt from. */
export interface Recording {
  readonly requests: Requests
  readonly exposures: readonly Exposure[]
}

/** Findings with more exchanges than these are walks whose parts show nothing by themselves. */
const mostExchanges = 12
const mostSets = 60

/** Runs the plain checks against every fault that shows without generated data. */
export async function recordExposures(told: (line: string) => void): Promise<Recording> {
  const right = await runAgainst({}, { runs: 0 })
  const requests = right.exchanges
    .filter(({ purpose }) => purpose !== 'live')
    .map(({ id }) => right.questions?.[id] ?? [])
  const exposures: Exposure[] = []
  for (const fault of faults) {
    if (fault.generatedOnly || fault.world !== undefined) continue
    const record = await runAgainst({ behaviour: fault.override }, { runs: 0 })
    const sets = setsOf(record)
    told(`${fault.name}: ${sets.length}`)
    if (sets.length > 0) exposures.push({ fault: fault.name, sets })
  }
  return { requests, exposures }
}

function setsOf({ outcomes, attribution, questions = {}, exchanges }: RunRecord): string[][] {
  const failed = new Set(outcomes.flatMap(({ id, verdict }) => (verdict === 'fail' ? [id] : [])))
  const live = new Set(exchanges.flatMap(({ id, purpose }) => (purpose === 'live' ? [id] : [])))
  const cited = attribution.results
    .filter(({ id }) => failed.has(id))
    .flatMap(({ cases }) =>
      cases.flatMap(({ finding }) => (finding === undefined ? [] : [finding.exchanges])),
    )
    .filter((ids) => ids.length <= mostExchanges && !ids.some((id) => live.has(id)))
  const sets = cited.map((ids) => [...new Set(ids.flatMap((id) => questions[id]?.[0] ?? []))].sort())
  const distinct = [...new Map(sets.map((set) => [set.join(), set])).values()]
  return distinct.sort((a, b) => a.length - b.length).slice(0, mostSets)
}
