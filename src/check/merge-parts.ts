import type { Finding } from '../oracle/finding.ts'
import { addBlames, blameOf } from '../verdict/add-blames.ts'
import { combineOutcomes } from '../verdict/combine-outcomes.ts'
import type { Counterexample } from '../verdict/counterexample.ts'
import type { Outcome } from '../verdict/outcome.ts'
import { trafficOf } from '../wire/traffic.ts'
import type { Spec } from './check.ts'
import type { RunRecord } from './conformance-run.ts'
import { isExplained } from './generated/explained.ts'
import type { Generated } from './generated/generated-run.ts'

/**
 * Puts the parts of one run together, as {@link partsProblems} found them fit. Exchanges are numbered anew, and what
 * names them with them; their times count from the beginning of the earliest part.
 * @param specs whose properties tell which requirements generated data was about
 */
export function mergeParts(parts: readonly RunRecord[], specs: readonly Spec[]): RunRecord {
  const ordered = parts.toSorted((a, b) => (a.part?.index ?? 0) - (b.part?.index ?? 0))
  const [first] = ordered
  if (first === undefined) throw new Error('There are no parts to merge.')
  const began = Math.min(...ordered.map(({ startedAt }) => Date.parse(startedAt)))
  let last = 0
  const renumbered = ordered.map((part) => {
    const shifted = renumber(part, last, Date.parse(part.startedAt) - began)
    last += Math.max(0, ...part.exchanges.map(({ id }) => id))
    return shifted
  })
  const exchanges = renumbered.flatMap((part) => part.exchanges)
  const ids = new Set(renumbered.flatMap((part) => ownOf(part).map(({ id }) => id)))
  const own = [...ids].map((id) => combineOutcomes(outcomesOf(renumbered, id)))
  const broken = new Set(own.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id))
  const made = renumbered.find(({ generated }) => generated !== undefined)?.generated
  const generated = made === undefined ? undefined : explain(made, specs, broken)
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
    outcomes: addBlames(own, (generated?.counterexamples ?? []).map(blameOf)),
    own: undefined,
    generated,
    observations: renumbered.flatMap((part) => part.observations),
    exchanges,
    // What several runs saw is no evidence of one server at one time.
    evidence: { answers: [], values: [], deeds: [], complete: false },
    reasons: Object.assign({}, ...renumbered.map(({ reasons }) => reasons)),
    traffic: trafficOf(exchanges, retries, gatewayAnswers(ordered)),
    part: undefined,
  }
}

function outcomesOf(parts: readonly RunRecord[], id: Outcome['id']): Outcome[] {
  return parts.flatMap((part) => ownOf(part).filter((outcome) => outcome.id === id))
}

function ownOf({ own, outcomes }: RunRecord): readonly Outcome[] {
  return own ?? outcomes
}

// Where a check of another part failed, generated data may show the same fault.
function explain(made: Generated, specs: readonly Spec[], broken: ReadonlySet<Outcome['id']>): Generated {
  const properties = specs.flatMap(({ items }) => items.filter((item) => item.kind === 'property'))
  const known = ({ property, requirement }: Counterexample) =>
    properties.some(({ name, ids }) => name === property && isExplained(requirement, { ids }, broken))
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

function renumber(part: RunRecord, by: number, laterMs: number): RunRecord {
  const anew = (ids: readonly number[]) => ids.map((id) => id + by)
  const found = <T extends { readonly finding: Finding }>(one: T): T => ({
    ...one,
    finding: { ...one.finding, exchanges: anew(one.finding.exchanges) },
  })
  return {
    ...part,
    own: ownOf(part).map((outcome) => ({
      ...outcome,
      findings: outcome.findings.map((finding) => ({ ...finding, exchanges: anew(finding.exchanges) })),
    })),
    generated:
      part.generated === undefined
        ? undefined
        : { ...part.generated, counterexamples: part.generated.counterexamples.map(found) },
    observations: part.observations.map((seen) => ({ ...seen, exchanges: anew(seen.exchanges) })),
    reasons: Object.fromEntries(Object.entries(part.reasons).map(([id, names]) => [Number(id) + by, names])),
    exchanges: part.exchanges.map((exchange) => ({
      ...exchange,
      id: exchange.id + by,
      startedAtMs: exchange.startedAtMs + laterMs,
    })),
  }
}

function gatewayAnswers(parts: readonly Pick<RunRecord, 'traffic'>[]): ReadonlyMap<string, number> {
  const sum = new Map<string, number>()
  for (const { traffic } of parts)
    for (const [answer, times] of Object.entries(traffic.gateway_answers ?? {}))
      sum.set(answer, (sum.get(answer) ?? 0) + times)
  return sum
}
