import { eventsPath } from '../../contract/events-path.ts'
import type { Obstacle } from '../../record/obstacle.ts'
import type { WireClient } from '../../wire/client.ts'

/**
 * Whether an API that answers 401 to everything accepts the token in the header x-api-key: then the token is right, and
 * the API is another one, or of another revision. Takes one request, to the same host.
 */
export async function apiKeyObstacle(
  client: WireClient,
  ids: { readonly sessionId: string; readonly threadId: string },
  token: string,
  baseUrl: string,
): Promise<Obstacle | undefined> {
  const { exchanges } = client
  if (exchanges.length === 0 || exchanges.some(({ response }) => response?.status !== 401)) return undefined
  const { response } = await client.ask({
    purpose: 'preflight',
    target: eventsPath(ids),
    accept: ['application/json'],
    authorization: null,
    headers: [['x-api-key', token]],
    until: () => true,
  })
  if (response?.status !== 200 && response?.status !== 404) return undefined
  return {
    problem: `${baseUrl} returned 401 for Authorization: Bearer, but accepts the same token in the header x-api-key.`,
    advice:
      'This contract has the token in Authorization: Bearer. Check that CONFORMANCE_BASE_URL is the API of this contract, or make it accept Bearer tokens.',
  }
}
