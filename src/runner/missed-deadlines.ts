import type { RequirementId } from '../contract/catalogue.ts'
import type { Case } from '../oracle/case.ts'
import type { Finding } from '../oracle/finding.ts'
import type { CheckResult } from '../verdict/outcome.ts'
import type { Exchange } from '../wire/exchange.ts'

/**
 * The results without findings about a response that missed its deadline only once, as on a busy machine. Where one
 * finding of a requirement shows again, all of them stay.
 * @param showsAgain repeats the requests of a finding
 */
export async function withoutMissedDeadlines(
  results: readonly CheckResult[],
  exchanges: readonly Exchange[],
  showsAgain: (id: RequirementId, finding: Finding) => Promise<boolean>,
): Promise<readonly CheckResult[]> {
  const late = new Set(exchanges.flatMap((exchange) => (missedDeadline(exchange) ? [exchange.id] : [])))
  if (late.size === 0) return results
  const isLate = ({ finding }: Case) => finding?.exchanges.some((id) => late.has(id)) === true
  return Promise.all(
    results.map(async (result) => {
      const findings = result.cases.filter(isLate).flatMap(({ finding }) => finding ?? [])
      if (findings.length === 0) return result
      // All of them: a single request that never gets a response may be behind others that were late once.
      for (const finding of findings) if (await showsAgain(result.id, finding)) return result
      return { lack, ...result, cases: result.cases.filter((one) => !isLate(one)) }
    }),
  )
}

/**
 * The results of a run that ended early without findings about a deadline that was missed only once: nothing can be
 * repeated any more, and a busy machine misses one too. What the run had repeated counts: a request that missed its
 * deadline each time.
 */
export function withoutUnrepeatedDeadlines(
  results: readonly CheckResult[],
  exchanges: readonly Exchange[],
): readonly CheckResult[] {
  const late = exchanges.filter(missedDeadline)
  const answered = exchanges.filter(({ response }) => response !== undefined)
  const inTime = new Set(answered.map(({ request }) => keyOf(request)))
  const isRepeated = ({ id, request }: Exchange) =>
    !inTime.has(keyOf(request)) &&
    late.some((other) => other.id !== id && keyOf(other.request) === keyOf(request))
  const once = new Set(late.filter((one) => !isRepeated(one)).map(({ id }) => id))
  if (once.size === 0) return results
  return results.map((result) => {
    const cases = result.cases.filter(({ finding }) => !finding?.exchanges.some((id) => once.has(id)))
    return cases.length === result.cases.length ? result : { lack: unrepeated, ...result, cases }
  })
}

function keyOf({ method, target, headers }: Exchange['request']): string {
  const accept = headers.flatMap(([name, value]) => (name.toLowerCase() === 'accept' ? [value] : []))
  return JSON.stringify([method, target, ...accept])
}

function missedDeadline({ response, failure }: Exchange): boolean {
  return response === undefined && failure?.kind === 'timeout'
}

const lack = {
  missing: 'a response in time: one request timed out, and got a response when it was repeated',
  provide: 'Raise CONFORMANCE_TIMEOUT_MS, or lower CONFORMANCE_CONCURRENCY.',
}

const unrepeated = {
  missing: 'a response in time: one request timed out, and the run ended before it could be repeated',
  provide: 'Give the run more requests or time.',
}
