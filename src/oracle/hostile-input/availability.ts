import type { Exchange } from '../../wire/exchange.ts'
import type { Finding } from '../finding.ts'
import type { History } from '../history.ts'
import type { JudgeResult } from '../judge-result.ts'
import { mediaType } from '../media-type.ts'
import { gotStatus } from '../said.ts'
import { expectedFrames } from '../stream/history-replay.ts'

const unanswered = new Set(['timeout', 'reset', 'protocol'])

/** Whether there is a response that can be judged; a missing one and a 5xx are INP-01's findings. */
export function wasAnswered({ response, failure, origin }: Exchange): boolean {
  return response !== undefined && failure === undefined && response.status < 500 && origin === undefined
}

/**
 * INP-01 and INP-04 if only a gateway responded, however often the request was repeated: a finding only if the API
 * responded to a plain request made later, so that this request is the cause. A run that ends early may not have made one.
 */
export function judgeUnreached(
  { id, request, response, failure, startedAtMs }: Exchange,
  { lists, endedEarly }: Pick<History, 'lists' | 'endedEarly'>,
): Finding | undefined {
  const reached = lists.some(
    ({ exchange, page }) => typeof page !== 'string' && exchange.startedAtMs > startedAtMs,
  )
  if (!reached && endedEarly !== true) return undefined
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
 * INP-01: no input makes the target return 5xx, hang, or drop the connection. A timeout counts only when it occurs
 * again, and not for a stream that has nothing to send.
 * @param conforming whether the request is a valid one: its 5xx is INP-04's
 * @param history what else was requested, which tells a hanging target from an empty stream
 */
export function judgeAvailability(
  exchange: Exchange,
  conforming: boolean,
  history?: Pick<History, 'exchanges' | 'streams'>,
): JudgeResult {
  const { id, response, failure, request } = exchange
  const nothing = response === undefined || (response.status === 200 && response.bytes === 0)
  if (failure?.kind === 'timeout' && nothing) {
    if (mayBeEmptyStream(exchange, history) || isSilentStream(exchange, history)) return 'undecided'
  }
  if (failure !== undefined && unanswered.has(failure.kind) && exchange.stream === undefined)
    return {
      kind: failure.kind,
      message: `${shown(request.target)}: ${failure.message}.`,
      expected: 'a response',
      actual: failure.message,
      exchanges: [id],
    }
  if (response === undefined) return 'undecided'
  return conforming || response.status < 500 ? undefined : serverError(exchange, response.status)
}

/** Whether a finding rests on a deadline of the suite alone, so that the same request has to show it again. */
export function restsOnDeadline({ kind }: Finding): boolean {
  return kind === 'timeout'
}

/** INP-04: a valid request does not return 5xx. */
export function judgeConforming(exchange: Exchange): JudgeResult {
  const status = exchange.response?.status
  if (status === undefined) return 'undecided'
  return status < 500 ? undefined : serverError(exchange, status)
}

// A stream that has no event to send may keep its head back: a proxy that buffers does, until there is a body. The API
// is not hanging then if it answers the same path as a list, and streams what is not filtered.
function mayBeEmptyStream(
  { request, id }: Exchange,
  history: Pick<History, 'exchanges' | 'streams'> | undefined,
): boolean {
  if (!isStream(request) || !narrows(request)) return false
  if (history === undefined) return true
  const { exchanges, streams } = history
  const [path] = request.target.split('?')
  const own = streams.find(({ exchange }) => exchange.id === id)
  if (own !== undefined && expectedFrames(own, own.known).length > 0) return false
  const answered = ({ response, failure }: Exchange) => response !== undefined && failure === undefined
  const samePath = exchanges.filter((one) => one.request.target.split('?')[0] === path && answered(one))
  const sameTarget = exchanges.some((one) => one.request.target === request.target && !isStream(one.request))
  const listed = samePath.some(
    (one) => !isStream(one.request) && (!sameTarget || one.request.target === request.target),
  )
  return listed && samePath.some((one) => isStream(one.request) && !narrows(one.request))
}

// Under another media type, a stream that sends nothing looks like a body that does not begin. What it should send is
// judged where streams are.
function isSilentStream(
  { request, response }: Exchange,
  history: Pick<History, 'streams'> | undefined,
): boolean {
  if (response === undefined || history === undefined || !isStream(request)) return false
  const type = mediaType(response)
  return history.streams.some(
    ({ exchange: { stream, response: other } }) =>
      stream !== undefined && other !== undefined && mediaType(other) === type,
  )
}

function isStream({ headers }: Exchange['request']): boolean {
  return headers.some(([name, value]) => /^accept$/i.test(name) && /text\/event-stream/i.test(value))
}

function narrows({ target, headers }: Exchange['request']): boolean {
  return /[?&]types?\b/.test(target) || headers.some(([name]) => /^last-event-id$/i.test(name))
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
