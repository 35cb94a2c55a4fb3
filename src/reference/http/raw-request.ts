import type { IncomingMessage } from 'node:http'

/** A request as received, before anything is decoded. */
export interface RawRequest {
  readonly method: string
  /** Path as sent, without the query. */
  readonly path: string
  /** Query as sent, without the question mark; empty when there is none. */
  readonly query: string
  /** Name and value of every header line, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/** All values of one header, one per line. */
export function headerLines(request: RawRequest, name: string): readonly string[] {
  return request.headers.filter(([own]) => own.toLowerCase() === name).map(([, value]) => value)
}

/** The request as node read it: header lines in order, path and query apart and not decoded. */
export function rawRequest(message: IncomingMessage): RawRequest {
  const target = originForm(message.url ?? '/')
  const mark = target.indexOf('?')
  const headers: [string, string][] = []
  for (let at = 0; at + 1 < message.rawHeaders.length; at += 2)
    headers.push([message.rawHeaders[at] ?? '', message.rawHeaders[at + 1] ?? ''])
  return {
    method: message.method ?? 'GET',
    path: mark === -1 ? target : target.slice(0, mark),
    query: mark === -1 ? '' : target.slice(mark + 1),
    headers,
  }
}

// A server must take the absolute form too (RFC 9112, 3.2.2).
function originForm(target: string): string {
  const absolute = /^https?:\/\/[^/?#]*(.*)$/i.exec(target)
  return absolute === null ? target : (absolute[1] ?? '')
}
