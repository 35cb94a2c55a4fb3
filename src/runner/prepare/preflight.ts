import { eventsPath } from '../../contract/events-path.ts'
import { parseJson } from '../../contract/json.ts'
import { headerValues, mediaType } from '../../oracle/media-type.ts'
import type { Obstacle } from '../../record/obstacle.ts'
import type { WireClient } from '../../wire/client.ts'
import type { Exchange, WireFailure, WireResponse } from '../../wire/exchange.ts'

/** Asks one plain list, to see whether the API answers at all. */
export function preflight(
  client: WireClient,
  ids: { readonly sessionId: string; readonly threadId: string },
): Promise<Exchange> {
  return client.ask({
    purpose: 'preflight',
    target: eventsPath(ids),
    accept: ['application/json'],
    until: () => true,
  })
}

/**
 * Whether an answer shows that there is nothing to judge. What a check can name is no obstacle, and an
 * unknown thread is one only where its ids were configured.
 */
export function obstacleIn(
  { response, failure, stream, origin }: Exchange,
  baseUrl: string,
  ids: {
    readonly sessionId: string
    readonly threadId: string
    readonly configured: boolean
    readonly found: boolean
  },
): Obstacle | undefined {
  if (response === undefined)
    return {
      problem: `${baseUrl} could not be reached: ${failure?.message ?? 'there was no response'}.`,
      advice: unreachedAdvice(failure),
    }
  if (origin === 'gateway')
    return {
      problem: `A gateway in front of ${baseUrl} returned ${response.status} instead of the API.`,
      advice:
        'Check that the API is running behind it and that it lets these requests through, or set CONFORMANCE_BASE_URL to an address that leads to the API.',
    }
  if (response.status === 407)
    return {
      problem: `${baseUrl} could not be reached: the proxy requires a user name and password (407).`,
      advice: proxyAdvice,
    }
  const page = stream === undefined && isHtmlPage(response)
  const refused = response.status === 401 || response.status === 403
  if (refused && page && response.status === 403 && (ids.configured || !ids.found))
    return {
      problem: `${baseUrl} returned 403 with an HTML page, probably from a gateway or firewall in front of the API.`,
      advice:
        'Allow requests from here in the gateway, and check CONFORMANCE_BASE_URL. The token was not judged.',
    }
  if (response.status === 401 && wantsApiKey(response) && (ids.configured || !ids.found))
    return {
      problem: `${baseUrl} returned 401 and asks for the header x-api-key. The contract requires Authorization: Bearer.`,
      advice:
        'Check that CONFORMANCE_BASE_URL is the API of this contract, or add the header with CONFORMANCE_HEADERS.',
    }
  if (refused && (ids.configured || !ids.found))
    return {
      problem: `${baseUrl} returned ${response.status}: the token is not accepted.`,
      advice: 'Set CONFORMANCE_TOKEN (or QODER_PAT) to a valid token that may read the thread.',
    }
  if (response.status === 429)
    return {
      problem: `${baseUrl} returned 429 for longer than the suite waits.`,
      advice:
        'Lower CONFORMANCE_MAX_RPS and CONFORMANCE_CONCURRENCY, or raise CONFORMANCE_MAX_RATE_LIMIT_WAIT_MS.',
    }
  if (response.status >= 300 && response.status < 400)
    return {
      problem: `${baseUrl} returned ${response.status}, a redirect. Tokens are never sent along a redirect.`,
      advice: 'Set CONFORMANCE_BASE_URL to the target of the redirect, if that is the API.',
    }
  if (page && (response.status === 200 || ids.configured || !ids.found))
    return {
      problem: `${baseUrl} returned ${response.status} with an HTML page instead of an API response.`,
      advice: 'Set CONFORMANCE_BASE_URL to everything before /sessions/…, for example https://host/v1.',
    }
  if (response.status === 404 && ids.configured)
    return {
      problem: `${baseUrl} returned 404: session ${ids.sessionId} or its thread ${ids.threadId} does not exist.`,
      advice:
        'Set CONFORMANCE_SESSION_ID and CONFORMANCE_THREAD_ID to ids that exist there, and check the base URL.',
    }
  return undefined
}

// The body decides: a list of JSON under text/html is the API, with a wrong media type.
function isHtmlPage(response: WireResponse): boolean {
  if (parseJson(response.body) !== undefined) return false
  const type = mediaType(response)
  return (
    type === 'text/html' || type === 'application/xhtml+xml' || /^\s*<(!doctype|html)\b/i.test(response.body)
  )
}

/**
 * That there is no thread to judge and no way to make one.
 * @param exchanges everything that was asked so far
 * @param problem why no thread was found, in one clause
 */
export function noThread(exchanges: readonly Exchange[], baseUrl: string, problem: string): Obstacle {
  const nothing = exchanges.every(({ response }) => response?.status === 404)
  return nothing
    ? {
        problem: `${baseUrl} answers 404 to everything: no session was found, and the token could not be tested.`,
        advice:
          'Check that CONFORMANCE_BASE_URL is everything before /sessions/… (often it ends in /v1). If it is right, set CONFORMANCE_SESSION_ID and CONFORMANCE_THREAD_ID.',
        concerns: 'ids',
      }
    : {
        problem: `No thread can be judged: ${problem} is missing.`,
        advice: 'Set CONFORMANCE_SESSION_ID and CONFORMANCE_THREAD_ID to a thread that the token may read.',
        concerns: 'ids',
      }
}

/**
 * That no event of the thread could be read.
 * @param stopped how far the search for a thread went, where it ended early
 * @param nameless whether it has events, and none with an id
 */
export function noEvents(
  thread: { readonly sessionId: string; readonly threadId: string },
  stopped: string | undefined,
  nameless = false,
): Obstacle {
  if (nameless)
    return {
      problem: `No event of the thread ${thread.threadId} has an id that is a string, and most requirements need one.`,
      advice: 'Fix EVT-01 first.',
    }
  const extent = stopped === undefined ? '' : ` (${stopped})`
  return {
    problem: `The thread ${thread.threadId} of the session ${thread.sessionId} has no events, and most requirements need events${extent}.`,
    advice: 'Set CONFORMANCE_SESSION_ID and CONFORMANCE_THREAD_ID to a thread with events.',
  }
}

/** That the control protocol is configured and does not work. */
export function brokenControl(request: string): Obstacle {
  return {
    problem: `The control URL does not work: ${request}.`,
    advice: 'Fix the control routes, check CONFORMANCE_CONTROL_TOKEN, or unset CONFORMANCE_CONTROL_URL.',
    concerns: 'control',
  }
}

const proxyAdvice =
  'Check the proxy in HTTPS_PROXY or HTTP_PROXY (http://user:password@host:port), or name the host in NO_PROXY to go without it.'

function unreachedAdvice(failure: WireFailure | undefined): string {
  if (failure?.kind === 'tls' && /self-signed|unknown authority/.test(failure.message))
    return 'Set NODE_EXTRA_CA_CERTS to a PEM file with the certificate of the authority that signed it.'
  if (failure?.kind === 'tls')
    return 'Renew or replace the certificate, or check that the scheme, host and port of CONFORMANCE_BASE_URL are right.'
  if (/\bproxy\b/.test(failure?.message ?? '')) return proxyAdvice
  return 'Check CONFORMANCE_BASE_URL, and that the target is running and can be reached from here.'
}

function wantsApiKey(response: WireResponse): boolean {
  return /x-api-key/i.test(`${headerValues(response, 'www-authenticate').join()} ${response.body}`)
}
