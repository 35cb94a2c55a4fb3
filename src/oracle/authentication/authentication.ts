import type { Exchange } from '../../wire/exchange.ts'
import type { Finding } from '../finding.ts'
import { headerValues } from '../media-type.ts'

/** AUT-07: the response does not repeat a token that it was given, in clear or in an encoding. */
export function judgeEcho({ id, response, echoes, request }: Exchange): Finding | undefined | 'skip' {
  if (response === undefined) return 'skip'
  const [name] = echoes
  if (name === undefined) return undefined
  return {
    kind: 'echo',
    message: `${request.target.slice(0, 100)}: the response repeats a token ($${name}).`,
    expected: 'no token in the response',
    actual: `$${name} in its headers or body`,
    exchanges: [id],
  }
}

/** AUT-08: a 401 says by which scheme to authenticate. */
export function judgeChallenge({ id, response }: Exchange): Finding | undefined | 'skip' {
  if (response?.status !== 401) return 'skip'
  if (headerValues(response, 'www-authenticate').length > 0) return undefined
  return {
    kind: 'no-challenge',
    message: 'A 401 came without WWW-Authenticate.',
    expected: 'WWW-Authenticate: Bearer',
    actual: 'no WWW-Authenticate header',
    exchanges: [id],
  }
}
