import type { Exchange } from '../../wire/exchange.ts'
import type { Finding } from '../finding.ts'
import type { History } from '../history.ts'
import { gotStatus } from '../said.ts'

const unanswered = new Set(['timeout', 'reset', 'protocol'])

/** Whether there is a response that can be judged; a missing one and a 5xx are INP-01's findings. */
export function wasAnswered({ response, failure, origin }: Exchange): boolean {
  return response !== undefined && failure === undefined && response.status < 500 && origin === undefined
}

/**
 * INP-01 and INP-04 if only a gateway responded, however often the request was repeated: a finding only if the API
 * responded to a plain request made later, so that this request is the cause.
 */
export function judgeUnreached(
  { id, request, response, failure, startedAtMs }: Exchange,
  { lists }: Pick<History, 'lists'>,
): Finding | undefined {
  const reached = lists.some(
    ({ exchange, page }) => typeof page !== 'string' && exchange.startedAtMs > startedAtMs,
  )
  if (!reached) return undefined
  const seen =
    response === undefined ? (failure?.message ?? 'no response') : `status ${response.status} from a gateway`
  return {
    kind: response === undefined ? (failure?.kind ?? 'no-answer') : `status-${response.status}`,
    message: `${shown(request.target)}: expected a response of the API, got ${seen} every time.`,
    expected: 'a response of the API',
    actual: seen,
    exchanges: [id],
  }
}

/**
 * INP-01: no input makes the target return 5xx, hang, or drop the connection.
 * @param conforming whether the request is a valid one: its 5xx is INP-04's
 */
export function judgeAvailability(exchange: Exchange, conforming: boolean): Finding | undefined | 'skip' {
  const { id, response, failure, request } = exchange
  if (failure?.kind === 'timeout' && response === undefined && mayBeEmptyStream(exchange)) return 'skip'
  if (failure !== undefined && unanswered.has(failure.kind) && exchange.stream === undefined)
    return {
      kind: failure.kind,
      message: `${shown(request.target)}: ${failure.message}.`,
      expected: 'a response',
      actual: failure.message,
      exchanges: [id],
    }
  if (response === undefined) return 'skip'
  return conforming || response.status < 500 ? undefined : serverError(exchange, response.status)
}

/** INP-04: a valid request does not return 5xx. */
export function judgeConforming(exchange: Exchange): Finding | undefined | 'skip' {
  const status = exchange.response?.status
  if (status === undefined) return 'skip'
  return status < 500 ? undefined : serverError(exchange, status)
}

// The head of a stream without events may be delayed: a buffering proxy waits for a body.
function mayBeEmptyStream({ request }: Exchange): boolean {
  const header = (name: string) => request.headers.filter(([key]) => key.toLowerCase() === name)
  const stream = header('accept').some(([, value]) => /text\/event-stream/i.test(value))
  return stream && (/[?&]types?\b/.test(request.target) || header('last-event-id').length > 0)
}

function serverError(exchange: Exchange, status: number): Finding {
  const { id, request } = exchange
  return {
    kind: `status-${status}`,
    message: `${shown(request.target)}: expected a status below 500, ${gotStatus(exchange)}.`,
    expected: 'a status below 500',
    actual: `status ${status}`,
    exchanges: [id],
  }
}

function shown(target: string): string {
  return target.length <= 120 ? target : `${target.slice(0, 110)}… (${target.length} characters)`
}
