import type { Exchange } from '../../wire/exchange.ts'
import type { JudgeResult } from '../judge-result.ts'
import { headerValues } from '../media-type.ts'

/** AUT-07: the response does not repeat a token of the request, in plain text or encoded. */
export function judgeEcho({ id, response, echoes, request }: Exchange): JudgeResult {
  if (response === undefined) return 'undecided'
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

/** AUT-08: a 401 names the authentication scheme. */
export function judgeChallenge({ id, response }: Exchange): JudgeResult {
  if (response?.status !== 401) return 'undecided'
  if (headerValues(response, 'www-authenticate').length > 0) return undefined
  return {
    kind: 'no-challenge',
    message: 'The WWW-Authenticate header of a 401 is missing.',
    expected: 'WWW-Authenticate: Bearer',
    actual: 'no WWW-Authenticate header',
    exchanges: [id],
  }
}
