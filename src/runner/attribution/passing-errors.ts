import { type RequirementId, requirementOf } from '../../contract/catalogue.ts'
import type { Finding } from '../../oracle/finding.ts'
import type { History } from '../../oracle/history.ts'
import type { CheckResult, Outcome } from '../../verdict/outcome.ts'
import type { Exchange } from '../../wire/exchange.ts'

/** The requirements that a 5xx breaks by itself, whatever was requested. */
const ofServerErrors: ReadonlySet<RequirementId> = new Set(['INP-01', 'INP-04'])

/** The numbers of the exchanges to which the API responded with 5xx. */
export function serverErrorsIn(exchanges: readonly Exchange[]): ReadonlySet<number> {
  const failed = exchanges.filter(
    ({ origin, response }) => origin === undefined && (response?.status ?? 0) >= 500,
  )
  return new Set(failed.map(({ id }) => id))
}

/**
 * The 5xx responses that findings rest on, where the same requests succeed when repeated. They break INP-01 or INP-04
 * and say nothing of what else was requested, as an error page of a gateway does not. The form of the errors is judged
 * all the same.
 * @param outcomes with the finding that shows most often first
 * @param isFlaky whether that finding did not show every time
 */
export function passingErrors(
  outcomes: readonly Outcome[],
  serverErrors: ReadonlySet<number>,
  isFlaky: (id: RequirementId) => boolean,
): number[] {
  if (!outcomes.some(({ id, verdict }) => verdict === 'fail' && ofServerErrors.has(id))) return []
  const findings = outcomes.flatMap(({ id, verdict, findings }): Finding[] => {
    const [first] = findings
    const concerned = !ofServerErrors.has(id) && requirementOf(id).area !== 'errors'
    return verdict === 'fail' && concerned && first !== undefined && isFlaky(id) ? [first] : []
  })
  return findings.flatMap(({ exchanges }) => exchanges.filter((id) => serverErrors.has(id)))
}

/** The results without the findings that rest on any of these exchanges. */
export function withoutFindingsOn(
  results: readonly CheckResult[],
  exchanges: ReadonlySet<number>,
): CheckResult[] {
  const isLeftOut = ({ id }: CheckResult, finding: Finding | undefined) =>
    finding?.exchanges.some((one) => exchanges.has(one)) === true &&
    !ofServerErrors.has(id) &&
    requirementOf(id).area !== 'errors'
  return results.map((result) => ({
    ...result,
    cases: result.cases.filter(({ finding }) => !isLeftOut(result, finding)),
  }))
}

/** The history without the lists and streams of these exchanges. */
export function historyWithout(history: History, exchanges: ReadonlySet<number>): History {
  const isKept = ({ exchange }: { readonly exchange: Exchange }) => !exchanges.has(exchange.id)
  return { ...history, lists: history.lists.filter(isKept), streams: history.streams.filter(isKept) }
}
