import type { Exchange } from '../wire/exchange.ts'

/** Which parameters and headers a request has, without their values: requests alike in them form one kind. */
export function requestKindOf({ exchange }: { readonly exchange: Exchange }): string {
  const { request, connection } = exchange
  const [path = '', query = ''] = request.target.split('?')
  const names = query.split('&').map((pair) => (/^order=/.test(pair) ? pair : pair.split('=')[0]))
  const accept = request.headers.flatMap(([name, value]) => (/^accept$/i.test(name) ? [value] : []))
  const token = request.headers.find(([name]) => /^authorization$/i.test(name))?.[1] ?? ''
  return [
    request.method,
    path.split('/').length,
    names.sort().join('&'),
    accept.length === 1 && /^(application\/json|text\/event-stream)$/.test(accept[0] ?? '')
      ? accept[0]
      : 'accept',
    token === 'Bearer $CONFORMANCE_TOKEN' ? '' : token,
    connection === undefined ? '' : 'kept',
    request.headers.some(([name]) => /^last-event-id$/i.test(name)),
  ].join(' ')
}
