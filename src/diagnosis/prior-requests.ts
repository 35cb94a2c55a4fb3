import type { ObservedRequest, ObservedRun } from './observed-run.ts'

/** How much of what went before is asked again for one request. */
const most = 40

/**
 * What was asked before these requests and may have left its mark on the answers: on the same connection, in
 * the same growing session, or in the same words.
 */
export function priorRequests(
  { asked, setupActions }: ObservedRun,
  chosen: ReadonlySet<ObservedRequest>,
): readonly ObservedRequest[] {
  const growing = new Set(setupActions.flatMap((action) => (action.did !== 'put' ? [action.sessionId] : [])))
  const keysOf = ({ sessionId, exchange: { connection, request } }: ObservedRequest): string[] => [
    ...(connection === undefined ? [] : [`connection ${connection}`]),
    ...(growing.has(sessionId) ? [`session ${sessionId}`] : []),
    `${request.target} ${JSON.stringify(request.headers)}`,
  ]
  const before = new Map<string, ObservedRequest[]>()
  const wanted = new Set<ObservedRequest>()
  for (const one of asked)
    for (const key of keysOf(one)) {
      const earlier = before.get(key) ?? []
      before.set(key, earlier)
      if (chosen.has(one)) for (const other of earlier.slice(-most)) wanted.add(other)
      earlier.push(one)
    }
  return [...wanted].filter((one) => !chosen.has(one))
}
