import type { RequirementId } from '../contract/catalogue.ts'
import type { Case } from '../oracle/case.ts'
import type { Finding } from '../oracle/finding.ts'
import type { CheckResult } from '../verdict/outcome.ts'
import type { Exchange } from '../wire/exchange.ts'

/**
 * The results without findings about a response that missed its deadline only once, as on a busy machine, or about a
 * new event that had not arrived on an open stream by then. Where one finding of a requirement shows again, all of them
 * stay.
 * @param showsAgain repeats the requests of a finding
 */
export async function withoutMissedDeadlines(
  results: readonly CheckResult[],
  exchanges: readonly Exchange[],
  showsAgain: (id: RequirementId, finding: Finding) => Promise<boolean | undefined>,
): Promise<readonly CheckResult[]> {
  const late = new Set(exchanges.flatMap((exchange) => (missedDeadline(exchange) ? [exchange.id] : [])))
  const silent = new Set(exchanges.flatMap((exchange) => (fellSilent(exchange) ? [exchange.id] : [])))
  if (late.size + silent.size === 0) return results
  return Promise.all(
    results.map(async (result) => {
      const live = result.id === 'SSE-09'
      const isLate = ({ finding }: Case) =>
        finding?.exchanges.some((id) => late.has(id) || (live && silent.has(id))) === true
      const findings = result.cases.filter(isLate).flatMap(({ finding }) => finding ?? [])
      if (findings.length === 0) return result
      // All of them: a single request that never gets a response may be behind others that were late once.
      for (const finding of findings) if (await showsAgain(result.id, finding)) return result
      const cases = result.cases.filter((one) => !isLate(one))
      return { lack: live ? lackOfEvents : lack, ...result, cases }
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
  return JSON.stringify([method, target, headers])
}

function missedDeadline({ response, failure }: Exchange): boolean {
  return response === undefined && failure?.kind === 'timeout'
}

// How a history is complete in time is judged where it is read.
function fellSilent({ stream }: Exchange): boolean {
  return stream?.end === 'idle' || stream?.end === 'total'
}

const lackOfEvents = {
  missing:
    'new events in time: one had not arrived when a stream timed out, and arrived when it was repeated',
  provide: 'Raise CONFORMANCE_STREAM_IDLE_MS, or lower CONFORMANCE_CONCURRENCY.',
}
const lack = {
  missing: 'a response in time: one request timed out, and got a response when it was repeated',
  provide: 'Raise CONFORMANCE_TIMEOUT_MS, or lower CONFORMANCE_CONCURRENCY.',
}

const unrepeated = {
  missing: 'a response in time: one request timed out, and the run ended before it could be repeated',
  provide: 'Give the run more requests or time.',
}
