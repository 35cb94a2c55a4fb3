import { inShell } from './derived-tokens.ts'
import type { Exchange } from './exchange.ts'

/** Placeholders of secrets. Any other `$NAME` is text and must not be expanded by the shell. */
const placeholder = /(\$(?:CONFORMANCE_[A-Z0-9_]+|(?:[A-Z0-9]+_)*TOKEN(?:_[A-Z0-9]+)*(?![A-Z0-9_])))/

/** Headers that identify the suite and do not affect the response. */
const incidental = new Set(['user-agent', 'x-conformance-run'])

/** A segment that curl would resolve: one that begins with a dot, which may be percent-encoded. */
const dotSegment = /\/(?:\.|%2e)/i

/** Characters that curl would expand into several URLs. */
const globs = /[[\]{}]/

/**
 * The exchange as a curl command for a POSIX shell. Configured tokens appear as the variables that configure them;
 * tokens that the suite generated are derived from CONFORMANCE_TOKEN, so that the line runs as printed.
 */
export function curlLine(exchange: Exchange, base: URL): string {
  const { method, target, headers } = exchange.request
  const url = `${base.origin}${base.pathname.replace(/\/+$/, '')}${target}`
  const parts = ['curl', '-sS', '-i']
  if (dotSegment.test(url)) parts.push('--path-as-is')
  if (globs.test(url)) parts.push('--globoff')
  if (exchange.stream !== undefined) parts.push('-N', '--max-time', '10')
  if (method === 'HEAD') parts.push('--head')
  for (const [name, value] of headers.filter(([name]) => !incidental.has(name.toLowerCase())))
    parts.push('-H', quoted(value === '' ? `${name};` : `${name}: ${value}`))
  if (!headers.some(([name]) => name.toLowerCase() === 'accept')) parts.push('-H', quoted('Accept:'))
  parts.push(quoted(url))
  return parts.join(' ')
}

// Only placeholders of secrets are in double quotes, so that nothing else is expanded.
function quoted(text: string): string {
  return text
    .split(placeholder)
    .map((part, at) =>
      at % 2 === 1 ? `"${inShell(part.slice(1))}"` : part === '' ? '' : `'${part.replaceAll("'", `'\\''`)}'`,
    )
    .join('')
}
