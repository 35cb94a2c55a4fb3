import { mergeCapabilities } from '../../capabilities/capabilities.ts'
import { featuresOf } from '../../capabilities/request-features.ts'
import type { RequirementId } from '../../contract/catalogue.ts'
import { attribute } from '../../verdict/attribute.ts'
import type { AttributionInput } from '../../verdict/attribution-input.ts'
import type { Replicas } from '../../verdict/explain-by-replicas.ts'
import type { Outcome } from '../../verdict/outcome.ts'
import type { Exchange } from '../../wire/exchange.ts'

/** Puts together what the parts of a run saw; exchanges have numbers of their own in each by now. */
export function mergeAttributions(parts: readonly AttributionInput[]): AttributionInput {
  const selected = new Set(
    parts.flatMap(({ results }) => results.flatMap(({ id, notRun }) => (notRun === true ? [] : [id]))),
  )
  return {
    // What one part left to the others is no result.
    results: parts.flatMap(({ results }) =>
      results.filter(({ id, notRun }) => notRun !== true || !selected.has(id)),
    ),
    violations: parts.flatMap(({ violations }) => violations),
    pagingFaults: parts.flatMap(({ pagingFaults }) => pagingFaults),
    capabilities: mergeCapabilities(parts.map(({ capabilities }) => capabilities)),
    reproduced: Object.assign({}, ...parts.map(({ reproduced }) => reproduced)),
    ...mergeReplicas(parts.flatMap(({ replicas }) => replicas ?? [])),
  }
}

function mergeReplicas(found: readonly Replicas[]): Pick<AttributionInput, 'replicas'> {
  const [first] = found
  if (first === undefined) return {}
  return {
    replicas: {
      disputed: [...new Set(found.flatMap(({ disputed }) => disputed))],
      recent: [...new Set(found.flatMap(({ recent = [] }) => recent))],
      ...(found.some(({ random }) => random === true) ? { random: true as const } : {}),
      exchanges: first.exchanges,
    },
  }
}

/** The outcomes that an attribution leads to, without asking anything again. */
export function outcomesOf(
  { results, violations, pagingFaults, capabilities, reproduced }: AttributionInput,
  exchanges: readonly Exchange[],
): Outcome[] {
  const byId = new Map(exchanges.map((exchange) => [exchange.id, exchange]))
  const flaky = Object.entries(reproduced).flatMap(([id, text]) => (text.startsWith('always') ? [] : [id]))
  return attribute(results, {
    violations,
    pagingFaults: new Map(pagingFaults),
    capabilities,
    featuresOf: (id) => {
      const exchange = byId.get(id)
      return exchange === undefined ? undefined : featuresOf(exchange.request)
    },
    unreproduced: new Set(results.flatMap(({ id }): RequirementId[] => (flaky.includes(id) ? [id] : []))),
  }).map((outcome) => {
    const times = reproduced[outcome.id]
    return outcome.verdict === 'fail' && times !== undefined ? { ...outcome, reproduced: times } : outcome
  })
}
