import type { RequirementId } from '../contract/catalogue.ts'
import { followUp } from '../targets/request-attribution.ts'
import { streamAccept } from '../targets/route-client.ts'
import type { Exchange } from '../wire/exchange.ts'
import type { CheckContext } from './check-context.ts'

/**
 * The requirements that explain the answer to a stream request which is refused for being one: a valid stream request
 * gets the same status.
 */
export async function whereStreamsAreRefused(t: CheckContext, exchange: Exchange): Promise<RequirementId[]> {
  const isStream = exchange.request.headers.some(
    ([name, value]) => name.toLowerCase() === 'accept' && value.includes('text/event-stream'),
  )
  const status = exchange.response?.status ?? 0
  if (!isStream || status < 400) return []
  const { response } = await followUp(() => t.ask({ accept: streamAccept, until: () => true }))
  if (response?.status !== status) return []
  return [status < 500 ? 'NEG-01' : 'INP-04']
}
