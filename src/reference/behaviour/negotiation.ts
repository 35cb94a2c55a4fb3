import type { Negotiation } from '../behaviour.ts'

export const standardNegotiation: Negotiation = {
  wantsStream: (_call, accept) => accept.flatMap((line) => splitUnquoted(line, ',')).some(asksForStream),
}

function asksForStream(range: string): boolean {
  const [mediaType = '', ...parameters] = splitUnquoted(range, ';')
  if (mediaType.trim().toLowerCase() !== 'text/event-stream') return false
  const weight = parameters.map((text) => text.trim().toLowerCase()).find((text) => text.startsWith('q='))
  return weight === undefined || Number(weight.slice(2)) !== 0
}

/** Splits a header value at a separator, except inside quoted strings (RFC 9110, 5.6.4). */
export function splitUnquoted(text: string, separator: ',' | ';'): string[] {
  const parts: string[] = []
  let part = ''
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    if (char === separator && !quoted) {
      parts.push(part)
      part = ''
      continue
    }
    part += char
    if (char === '"') quoted = !quoted
    else if (char === '\\' && quoted) part += text.charAt(++at)
  }
  parts.push(part)
  return parts
}
