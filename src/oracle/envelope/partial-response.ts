import type { Exchange } from '../../wire/exchange.ts'

/** Whether a request with Range was answered with a part of the content, as HTTP allows (RFC 9110, section 14). */
export function isPartialResponse({ request, response }: Exchange): boolean {
  return response?.status === 206 && request.headers.some(([name]) => name.toLowerCase() === 'range')
}
