import type { Obstacle } from '../record/obstacle.ts'
import type { Exchange } from '../wire/exchange.ts'
import type { Sign } from './sign.ts'

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/

/**
 * Whether the target can be asked at all: address, TLS, token. What lies behind an obstacle was not seen, and is not
 * spoken of.
 * @param greeting the first plain list that was asked for
 * @param exchanges everything that was asked: only a success shows that the token is accepted
 */
export function connectionSigns(
  greeting: Exchange,
  baseUrl: URL,
  obstacle: Obstacle | undefined,
  exchanges: readonly Exchange[] = [greeting],
): Sign[] {
  const { response, failure, firstByteMs } = greeting
  const tls = tlsSign(baseUrl)
  const blocked = (name: Sign['name']): Sign => ({
    name,
    state: 'obstacle',
    text: obstacle?.problem ?? 'No response.',
    ...(obstacle === undefined ? {} : { advice: obstacle.advice }),
  })
  if (response === undefined) return [blocked(failure?.kind === 'tls' ? 'TLS' : 'address')]
  const address: Sign = {
    name: 'address',
    state: 'ok',
    text: `responds after ${Math.round(firstByteMs ?? 0)} ms`,
  }
  if (response.status === 401 || response.status === 403)
    return obstacle === undefined
      ? [address, ...tls, { name: 'token', state: 'note', text: `${response.status} for unknown ids` }]
      : [address, ...tls, blocked('token')]
  const proven = exchanges.some((one) => one.response !== undefined && one.response.status < 300)
  const accepted: Sign = proven
    ? { name: 'token', state: 'ok', text: 'accepted' }
    : {
        name: 'token',
        state: 'note',
        text: `not tested: every response is ${response.status} or another error`,
      }
  if (obstacle === undefined) return [address, ...tls, accepted]
  if (obstacle.concerns === 'ids' || obstacle.concerns === 'control')
    return [address, ...tls, accepted, blocked(obstacle.concerns)]
  return response.status === 404 ? [address, ...tls, accepted, blocked('ids')] : [...tls, blocked('address')]
}

function tlsSign({ protocol, hostname }: URL): Sign[] {
  if (protocol === 'https:') return [{ name: 'TLS', state: 'ok', text: 'the certificate is accepted' }]
  if (loopback.test(hostname)) return []
  return [
    {
      name: 'TLS',
      state: 'note',
      text: 'none: the token is sent unencrypted',
      advice: 'Use an https address in CONFORMANCE_BASE_URL if there is one.',
    },
  ]
}
