import type { Exchange } from '../../wire/exchange.ts'
import type { Finding } from '../finding.ts'
import type { JudgeResult } from '../judge-result.ts'
import { headerValues, mediaType } from '../media-type.ts'
import { readPage } from '../pagination/page.ts'
import { expectedBut } from '../said.ts'

/**
 * NEG-01 to NEG-05: the representation returned for an Accept header.
 * @param wanted `'stream'`: 200 with an event stream; `'list'`: a list; `'no stream'`: anything else
 */
export function judgeRepresentationOf(
  exchange: Exchange,
  accept: readonly string[],
  wanted: 'stream' | 'list' | 'no stream',
): Finding | undefined {
  const page = readPage(exchange)
  const { response, stream, failure } = exchange
  const isStream = stream !== undefined && response?.status === 200
  const right =
    wanted === 'stream' ? isStream : wanted === 'list' ? typeof page !== 'string' : stream === undefined
  if (right && (failure === undefined || wanted === 'stream')) return undefined
  const shown =
    accept.length === 0 ? 'No Accept header' : accept.map((line) => `Accept: ${line}`).join(' and ')
  const actual = typeof page !== 'string' ? 'got a list' : page
  const name = { stream: 'an event stream', list: 'a list', 'no stream': 'no event stream' }[wanted]
  return {
    kind: `representation-${wanted}`,
    message: `${shown}: ${expectedBut(name, actual)}.`,
    expected:
      wanted === 'stream'
        ? '200 text/event-stream'
        : wanted === 'list'
          ? '200 application/json'
          : 'no stream',
    actual:
      response === undefined ? actual : `${response.status} ${mediaType(response) ?? 'without media type'}`,
    exchanges: [exchange.id],
  }
}

/** NEG-06: `Vary` names Accept (or everything) on a response that was negotiated. */
export function judgeVary(exchange: Exchange): JudgeResult {
  const { response } = exchange
  if (response?.status !== 200) return 'undecided'
  const vary = headerValues(response, 'vary').join(', ')
  const names = vary.split(',').map((name) => name.trim().toLowerCase())
  if (names.includes('accept') || names.includes('*')) return undefined
  return {
    kind: exchange.stream === undefined ? 'vary-list' : 'vary-stream',
    message: `The Vary header of the ${exchange.stream === undefined ? 'list' : 'stream'} does not name Accept.`,
    expected: 'Vary: Accept',
    actual: vary === '' ? 'no Vary header' : `Vary: ${vary}`,
    exchanges: [exchange.id],
  }
}
