import { createHash } from 'node:crypto'
import type { Finding } from '../oracle/finding.ts'

/** What of a request is part of a failure's identity. */
interface AskedRequest {
  readonly target: string
  readonly request_headers: readonly (readonly [string, string])[]
}

/**
 * A name for a failure that stays the same from run to run: made of the requirement, the kind of difference
 * and what was asked in general, without ids, types, hosts or times.
 */
export function fingerprintOf(
  requirement: string,
  finding: Finding,
  request: AskedRequest | undefined,
): string {
  const asked = request === undefined ? '' : `${shape(request.target)} ${accepted(request)}`
  return createHash('sha256').update(`${requirement}\n${finding.kind}\n${asked}`).digest('hex').slice(0, 12)
}

function shape(target: string): string {
  const at = target.indexOf('?')
  if (at === -1) return 'events'
  const parts = target
    .slice(at + 1)
    .split('&')
    .map(generalised)
  return `events?${parts.sort().join('&')}`
}

function generalised(part: string): string {
  const [name = '', value = ''] = part.split('=')
  return name === 'order' || (name === 'limit' && value.length < 12) ? part : `${name.slice(0, 40)}=*`
}

function accepted({ request_headers }: AskedRequest): string {
  const lines = request_headers.filter(([name]) => name.toLowerCase() === 'accept').map(([, value]) => value)
  return lines.join(' | ')
}
