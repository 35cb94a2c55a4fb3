import { isDependentFailure } from '../../properties/suppress-dependents.ts'
import type { GeneratedResult } from '../../record/generated-result.ts'
import { ValueTable } from '../../record/recorded-answer.ts'
import type { RunRecord } from '../../record/run-record.ts'
import { addAttributions, attributionOf } from '../../verdict/add-attributions.ts'
import type { Counterexample } from '../../verdict/counterexample.ts'
import { explainByInterference } from '../../verdict/explain-by-interference.ts'
import { explainByReplicas } from '../../verdict/explain-by-replicas.ts'
import type { Outcome } from '../../verdict/outcome.ts'
import type { Exchange } from '../../wire/exchange.ts'
import { trafficOf } from '../../wire/traffic.ts'
import { mergeAttributions, outcomesOf } from './merge-attributions.ts'
import { renumber } from './renumber.ts'

/**
 * Puts the parts of one run together, as {@link partProblems} found them fit. Exchanges and values get new
 * numbers; times count from the start of the earliest part.
 */
export function mergeParts(parts: readonly RunRecord[]): RunRecord {
  const ordered = parts.toSorted((a, b) => (a.part?.index ?? 0) - (b.part?.index ?? 0))
  const [first] = ordered
  if (first === undefined) throw new Error('There are no parts to merge.')
  const began = Math.min(...ordered.map(({ startedAt }) => Date.parse(startedAt)))
  const table = new ValueTable()
  const shift = { exchanges: 0, connections: 0, answers: 0 }
  const renumbered = ordered.map((part) => {
    const values = part.evidence.values.map((value) => table.number(value))
    const shifted = renumber(part, { ...shift, values, laterMs: Date.parse(part.startedAt) - began })
    shift.exchanges += most(part.exchanges.map(({ id }) => id))
    shift.connections += most(part.exchanges.map(({ connection }) => connection ?? 0))
    shift.answers += part.evidence.answers.length
    return shifted
  })
  const exchanges = renumbered.flatMap((part) => part.exchanges)
  const attribution = mergeAttributions(renumbered.map((part) => part.attribution))
  const own = outcomesOf(attribution, exchanges)
  const broken = new Set(own.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id))
  const made = renumbered.find(({ generated }) => generated !== undefined)?.generated
  const generated = made === undefined ? undefined : explain(made, exchanges, broken)
  const ends = ordered.map(({ startedAt, durationMs }) => Date.parse(startedAt) + durationMs)
  const retries = ordered.reduce((sum, { traffic }) => sum + traffic.retries - traffic.rate_limit_waits, 0)
  return {
    ...first,
    startedAt: new Date(began).toISOString(),
    durationMs: Math.max(...ends) - began,
    target: {
      ...(ordered.find(({ obstacle }) => obstacle === undefined) ?? first).target,
      eventsRead: Math.max(...ordered.map(({ target }) => target.eventsRead)),
      wholeThreadRead: ordered.every(({ target }) => target.wholeThreadRead),
    },
    obstacle: ordered.find(({ obstacle }) => obstacle !== undefined)?.obstacle,
    outcomes: explainByInterference(
      explainByReplicas(
        addAttributions(own, (generated?.counterexamples ?? []).map(attributionOf)),
        attribution.replicas,
      ),
    ),
    attribution,
    generated,
    observations: renumbered.flatMap((part) => part.observations),
    exchanges,
    evidence: {
      answers: renumbered.flatMap(({ evidence }) => evidence.answers),
      values: table.values,
      setupActions: renumbered.flatMap(({ evidence }) => evidence.setupActions),
      complete: renumbered.every(({ evidence }) => evidence.complete),
    },
    reasons: Object.assign({}, ...renumbered.map(({ reasons }) => reasons)),
    traffic: trafficOf(exchanges, retries, gatewayAnswers(ordered)),
    part: undefined,
  }
}

// Where a check of another part failed, generated data may show the same fault.
function explain(
  made: GeneratedResult,
  exchanges: readonly Exchange[],
  broken: ReadonlySet<Outcome['id']>,
): GeneratedResult {
  const known = ({ requirement, finding }: Counterexample) => {
    const cited = exchanges.find(({ id }) => id === finding.exchanges[0])
    return isDependentFailure(requirement, cited?.request, broken)
  }
  return {
    ...made,
    counterexamples: made.counterexamples.filter((one) => !known(one)),
    explained: [
      ...new Set([
        ...made.explained,
        ...made.counterexamples.filter(known).map(({ requirement }) => requirement),
      ]),
    ],
  }
}

// Without spreading arguments, of which there may be too many.
function most(numbers: readonly number[]): number {
  return numbers.reduce((highest, number) => Math.max(highest, number), 0)
}

function gatewayAnswers(parts: readonly Pick<RunRecord, 'traffic'>[]): ReadonlyMap<string, number> {
  const sum = new Map<string, number>()
  for (const { traffic } of parts)
    for (const [answer, times] of Object.entries(traffic.gateway_answers ?? {}))
      sum.set(answer, (sum.get(answer) ?? 0) + times)
  return sum
}
