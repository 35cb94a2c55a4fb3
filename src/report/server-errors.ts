import type { Outcome } from '../verdict/outcome.ts'
import type { Exchange } from '../wire/exchange.ts'

/** Requirements that any 5xx breaks, whatever the request. */
const broken: readonly string[] = ['INP-01', 'INP-04']

/**
 * The failing requirements of which every finding shows a response with a status of 500 or more: an exception that
 * nothing handles is one cause, whatever else the response should have been.
 * @returns their ids, or none where no requirement about server errors is among them
 */
export function failedByServerErrors(
  outcomes: readonly Outcome[],
  exchanges: ReadonlyMap<number, Exchange>,
): readonly string[] {
  const isServerError = (id: number) => (exchanges.get(id)?.response?.status ?? 0) >= 500
  const ids = outcomes
    .filter(
      ({ verdict, findings }) =>
        verdict === 'fail' &&
        findings.length > 0 &&
        findings.every(({ exchanges: cited }) => cited.some(isServerError)),
    )
    .map(({ id }) => id)
  return ids.some((id) => broken.includes(id)) ? ids : []
}
