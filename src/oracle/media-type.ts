import type { WireResponse } from '../wire/exchange.ts'

/** All values of a header, in order; names are case-insensitive (RFC 9110, 5.1). */
export function headerValues(response: WireResponse, name: string): string[] {
  const wanted = name.toLowerCase()
  return response.headers.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value)
}

/**
 * The media type of a response in lower case, without parameters (RFC 9110, 8.3.1).
 * @returns `undefined` when the response has no Content-Type, or more than one.
 */
export function mediaType(response: WireResponse): string | undefined {
  const values = headerValues(response, 'content-type')
  if (values.length !== 1) return undefined
  return values[0]?.split(';')[0]?.trim().toLowerCase()
}
