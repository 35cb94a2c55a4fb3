import type { RequirementId } from '../../contract/catalogue.ts'
import type { Exchange } from '../../wire/exchange.ts'
import type { History } from '../history.ts'

/**
 * The requirements whose failures explain a 5xx response to a hostile request: INP-04 if a valid request with some of
 * the same parameters crashes too, NFD-02 if a well-formed id of an unknown thread does.
 */
export function causesOfCrash(exchange: Exchange, { exchanges, lists, streams }: History): RequirementId[] {
  if (!crashed(exchange)) return []
  const [path, names] = [pathOf(exchange), namesIn(exchange)]
  const valid = [...lists, ...streams].map((one) => one.exchange)
  const sharesParameters = valid.filter(crashed).some((one) => {
    const used = namesIn(one).filter((name) => name !== 'limit')
    return used.length > 0 && used.every((name) => names.includes(name)) && sharesHeaders(one, exchange)
  })
  if (
    sharesParameters ||
    valid.some(
      (one) => crashed(one) && isPlain(one) && sharesHeaders(one, exchange) && isAlike(one, exchange),
    )
  )
    return ['INP-04']
  if (names.length > 0) return []
  const [session = ''] = path.split('/threads/')
  const validPaths = new Set(valid.map(pathOf))
  const isKnownSession = [...validPaths].some((one) => one !== path && one.startsWith(`${session}/threads/`))
  const unknownThreadCrashes = exchanges.some((one) => {
    const other = pathOf(one)
    return crashed(one) && other !== path && !validPaths.has(other) && isWellFormed(other, session)
  })
  return isKnownSession && unknownThreadCrashes ? ['NFD-02'] : []
}

// A list or stream without parameters crashes whatever else is sent with it.
function isPlain(one: Exchange): boolean {
  return namesIn(one).length === 0 && !one.request.headers.some(([name]) => /^last-event-id$/i.test(name))
}

// What crashes with a header says nothing of requests without it.
function sharesHeaders(one: Exchange, other: Exchange): boolean {
  const headersOf = ({ request: { headers } }: Exchange) =>
    headers.map(([name]) => name.toLowerCase()).filter((name) => !/^(?:accept|authorization)$/.test(name))
  const others = new Set(headersOf(other))
  return headersOf(one).every((name) => others.has(name))
}

function isAlike(one: Exchange, other: Exchange): boolean {
  const accepts = ({ request: { headers } }: Exchange) =>
    headers.some(([name, value]) => /^accept$/i.test(name) && /text\/event-stream/i.test(value))
  return accepts(one) === accepts(other)
}

function crashed({ response }: Exchange): boolean {
  return (response?.status ?? 0) >= 500
}

function isWellFormed(path: string, session: string): boolean {
  const [inSession, thread = ''] = path.split('/threads/')
  return inSession === session && /^sthr_\w+\/events$/.test(thread)
}

function pathOf({ request: { target } }: Exchange): string {
  return target.split('?')[0] ?? ''
}

function namesIn({ request: { target } }: Exchange): string[] {
  return [...new URLSearchParams(target.split('?').slice(1).join('?')).keys()]
}
