import type { RequirementId } from '../contract/catalogue.ts'
import type { Case } from '../oracle/case.ts'
import type { Finding } from '../oracle/finding.ts'
import type { CheckResult } from '../verdict/outcome.ts'
import type { Exchange } from '../wire/exchange.ts'

/** How many findings of a requirement are asked again. */
const mostAsked = 2

/**
 * The results without findings that rest on a response which missed its deadline once: a busy machine looks the same.
 * They stay where one of them shows again.
 * @param showsAgain asks again what showed a finding of a requirement
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
      for (const finding of findings.slice(0, mostAsked))
        if (await showsAgain(result.id, finding)) return result
      return { lack, ...result, cases: result.cases.filter((one) => !isLate(one)) }
    }),
  )
}

function missedDeadline({ response, failure }: Exchange): boolean {
  return response === undefined && failure?.kind === 'timeout'
}

const lack = {
  missing: 'a response in time: one missed its deadline, and came when requested again',
  provide: 'Raise CONFORMANCE_TIMEOUT_MS, or lower CONFORMANCE_CONCURRENCY.',
}
