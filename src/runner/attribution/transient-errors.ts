import { type RequirementId, requirementOf } from '../../contract/catalogue.ts'
import type { History } from '../../oracle/history.ts'
import type { CheckResult, Outcome } from '../../verdict/outcome.ts'
import type { Exchange } from '../../wire/exchange.ts'

/** The requirements that a 5xx breaks by itself, whatever was requested. */
const ofServerErrors: ReadonlySet<RequirementId> = new Set(['INP-01', 'INP-04'])

/** Why a requirement is not judged if only transient errors answered its requests. */
const lack: CheckResult['lack'] = {
  missing:
    'a response without a server error: the target returned 5xx, but not every time the request was repeated',
  provide: 'See INP-01 and INP-04 first.',
}

/** The numbers of the exchanges to which the API responded with 5xx. */
export function serverErrorsIn(exchanges: readonly Exchange[]): ReadonlySet<number> {
  const failed = exchanges.filter(
    ({ origin, response }) => origin === undefined && (response?.status ?? 0) >= 500,
  )
  return new Set(failed.map(({ id }) => id))
}

/**
 * The 5xx responses that findings rest on and that do not show every time the requests are repeated. They break INP-01
 * or INP-04 and say nothing of what else was requested, as an error page of a gateway does not. The form of the errors
 * is judged all the same.
 * @param outcomes with the finding that shows most often first
 * @param isFlaky whether that finding did not show every time
 */
export function transientErrors(
  outcomes: readonly Outcome[],
  serverErrors: ReadonlySet<number>,
  isFlaky: (id: RequirementId) => boolean,
): number[] {
  if (!outcomes.some(({ id, verdict }) => verdict === 'fail' && ofServerErrors.has(id))) return []
  return outcomes
    .filter(({ id, verdict }) => verdict === 'fail' && !isAboutErrors(id) && isFlaky(id))
    .flatMap(({ findings }) => findings[0]?.exchanges ?? [])
    .filter((exchange) => serverErrors.has(exchange))
}

/**
 * The results without the findings that rest on any of these exchanges.
 * @param missing why a requirement is not judged that has no other cases
 * @param isKept whether all findings of a requirement stay
 */
export function withoutFindingsOn(
  results: readonly CheckResult[],
  exchanges: ReadonlySet<number>,
  missing: CheckResult['lack'] = lack,
  isKept: (id: RequirementId) => boolean = isAboutErrors,
): CheckResult[] {
  return results.map((result) => {
    if (isKept(result.id)) return result
    const cases = result.cases.filter(
      ({ finding }) => finding === undefined || !finding.exchanges.some((one) => exchanges.has(one)),
    )
    const isLeft = cases.length > 0 || cases.length === result.cases.length
    return isLeft ? { ...result, cases } : { lack: missing, ...result, cases }
  })
}

/** The history without the lists and streams of these exchanges. */
export function historyWithout(history: History, exchanges: ReadonlySet<number>): History {
  const isKept = ({ exchange }: { readonly exchange: Exchange }) => !exchanges.has(exchange.id)
  return { ...history, lists: history.lists.filter(isKept), streams: history.streams.filter(isKept) }
}

function isAboutErrors(id: RequirementId): boolean {
  return ofServerErrors.has(id) || requirementOf(id).area === 'errors'
}
