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

function missedDeadline({ response, failure }: Exchange): boolean {
  return response === undefined && failure?.kind === 'timeout'
}

const lack = {
  missing: 'a response in time: one request timed out, and got a response when it was repeated',
  provide: 'Raise CONFORMANCE_TIMEOUT_MS, or lower CONFORMANCE_CONCURRENCY.',
}
