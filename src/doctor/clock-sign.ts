import { headerValues } from '../oracle/media-type.ts'
import type { Exchange } from '../wire/exchange.ts'
import type { Sign } from './sign.ts'

/** `Date` has whole seconds, and a cached one may be a second old. */
const toleratedMs = 2_000

/**
 * How far the target's clock and ours are apart, by the Date header. Information: no requirement depends on it, but
 * tokens that expire do.
 * @param began our clock when the client was made, in milliseconds since 1970
 */
export function clockSign(exchanges: readonly Exchange[], began: number): Sign {
  const gaps = exchanges.flatMap((exchange) => gapOf(exchange, began) ?? [])
  const [first, ...rest] = gaps
  if (first === undefined) return { name: 'clock', state: 'note', text: 'no response has a Date header' }
  // A cache may answer with an old date; the answer that disagrees least is the best witness.
  const gap = rest.reduce((best, one) => (Math.abs(one) < Math.abs(best) ? one : best), first)
  if (Math.abs(gap) <= toleratedMs) return { name: 'clock', state: 'ok', text: 'in sync with this machine' }
  return {
    name: 'clock',
    state: 'note',
    text: `${Math.round(Math.abs(gap) / 1000)} s ${gap > 0 ? 'ahead of' : 'behind'} this machine`,
    advice: 'Valid tokens may seem expired or not yet valid.',
  }
}

// Zero when the second that the header names may have been the second of the answer.
function gapOf({ response, startedAtMs, firstByteMs }: Exchange, began: number): number | undefined {
  const [header] = response === undefined ? [] : headerValues(response, 'date')
  const from = Date.parse(header ?? '')
  if (Number.isNaN(from) || firstByteMs === undefined) return undefined
  const [asked, answered] = [began + startedAtMs, began + startedAtMs + firstByteMs]
  if (from > answered) return from - answered
  if (from + 1_000 < asked) return from + 1_000 - asked
  return 0
}
