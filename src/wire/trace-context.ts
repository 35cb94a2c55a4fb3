const runDigits = 24
const requestDigits = 8

/**
 * The trace id of one request of a run, as 32 hex digits: the run and the number of the request. The owner of the target
 * finds a failing request in the traces by it.
 */
export function traceIdOf(runId: string, request: number): string {
  const run = runId
    .toLowerCase()
    .replace(/[^0-9a-f]/g, '')
    .padEnd(runDigits, '0')
    .slice(0, runDigits)
  return run + request.toString(16).padStart(requestDigits, '0').slice(-requestDigits)
}

/** The `traceparent` header (W3C Trace Context) that starts a sampled trace. */
export function traceparent(traceId: string): string {
  return `00-${traceId}-${traceId.slice(-requestDigits).padStart(16, '0')}-01`
}
