import type { ObservedRequest, ObservedRun } from './observed-run.ts'
import { sizeOf } from './sample-requests.ts'

/** The smallest request. What the suite made itself is gone by the end of the run, and is named last. */
export function smallestOf(
  asked: readonly ObservedRequest[],
  { setupActions }: ObservedRun,
): number | undefined {
  const made = new Set(setupActions.flatMap((action) => (action.did === 'put' ? [action.session.id] : [])))
  const parameters = ({ exchange }: ObservedRequest) => exchange.request.target.split(/[?&]/).length
  const [best] = asked.toSorted(
    (a, b) =>
      Number(made.has(a.sessionId)) - Number(made.has(b.sessionId)) ||
      parameters(a) - parameters(b) ||
      sizeOf(a.answer) - sizeOf(b.answer),
  )
  return best?.exchange.id
}
