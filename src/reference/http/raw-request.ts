import type { IncomingMessage } from 'node:http'
import type { RawRequest } from '../request-context.ts'

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
