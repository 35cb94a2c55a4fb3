import { describe, expect, test } from 'vitest'
import { anExchange } from '../../oracle/history-fixture.ts'
import type { Exchange } from '../../wire/exchange.ts'
import { failureOf } from '../../wire/failure.ts'
import { handmadeToken, handmadeWorld } from '../handmade-server-fixture.ts'
import { judgeHandmade } from '../judge-handmade-fixture.ts'
import { obstacleIn } from './preflight.ts'

const ids = { sessionId: 'sess_a', threadId: 'sthr_a', configured: true, found: true }
const obstacle = (exchange: Exchange) => obstacleIn(exchange, 'https://api.test/v1', ids)
const unreached = (error: Error) => anExchange('', { response: undefined, failure: failureOf(error) })
const coded = (code: string, message = '') => Object.assign(new Error(message), { code })

describe('what is in front of the API is named', () => {
  test.for(['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'DEPTH_ZERO_SELF_SIGNED_CERT'])(
    'a certificate that Node.js does not trust: %s',
    (code) => {
      expect(obstacle(unreached(coded(code)))?.advice).toContain('NODE_EXTRA_CA_CERTS')
    },
  )
  test('an expired certificate needs another remedy', () => {
    const found = obstacle(unreached(coded('CERT_HAS_EXPIRED')))
    expect(found?.problem).toContain('has expired')
    expect(found?.advice).not.toContain('NODE_EXTRA_CA_CERTS')
  })
  test('a proxy that wants credentials, in a tunnel or in plain HTTP', () => {
    const tunnel = obstacle(
      unreached(coded('UND_ERR_ABORTED', 'Proxy response (407) !== 200 when HTTP Tunneling')),
    )
    const plain = obstacle(anExchange('', { status: 407, type: 'text/html' }))
    for (const found of [tunnel, plain]) {
      expect(found?.problem).toContain('407')
      expect(found?.advice).toContain('HTTPS_PROXY')
    }
  })
  test('a proxy that cannot be reached', () => {
    const failure = {
      kind: 'connect',
      message: 'the proxy 127.0.0.1:3128 could not be reached: the connection was refused',
    } as const
    const found = obstacle(anExchange('', { response: undefined, failure }))
    expect(found?.problem).toContain('the proxy 127.0.0.1:3128')
    expect(found?.advice).toContain('NO_PROXY')
  })
  test("a firewall's 403 is not blamed on the token", () => {
    const page = '<!doctype html><title>Forbidden</title>'
    const found = obstacle(anExchange(page, { status: 403, type: 'text/html' }))
    expect(found?.problem).toContain('gateway or firewall')
    expect(found?.problem).not.toContain('token')
    expect(obstacle(anExchange({ type: 'error' }, { status: 403 }))?.problem).toContain(
      'token is not accepted',
    )
  })
  test('an API that asks for x-api-key', () => {
    const body = { type: 'error', error: { type: 'authentication_error', message: 'x-api-key is required' } }
    expect(obstacle(anExchange(body, { status: 401 }))?.problem).toContain('x-api-key')
  })
})

describe('an API that answers 401 to everything', () => {
  const keyed = (accepted: string | undefined, keys: string[]) => ({
    listRoutes: 20,
    instead: (
      { headers }: { headers: Record<string, string | string[] | undefined> },
      response: { writeHead(status: number): { end(body: string): unknown } },
    ) => {
      const key = headers['x-api-key']
      if (typeof key === 'string') keys.push(key)
      response.writeHead(key !== undefined && key === accepted ? 200 : 401).end('{"data":[]}')
      return true
    },
  })

  test('and accepts the token as x-api-key is distinguished from a wrong token with one request', async () => {
    const keys: string[] = []
    const record = await judgeHandmade(handmadeWorld(5), keyed(handmadeToken, keys))
    expect(record.obstacle?.problem).toContain('accepts the same token in the header x-api-key')
    expect(keys).toEqual([handmadeToken])
    expect(JSON.stringify(record)).not.toContain(handmadeToken)
  })
  test('and does not is a wrong token', async () => {
    const record = await judgeHandmade(handmadeWorld(5), keyed(undefined, []))
    expect(record.obstacle?.problem).toContain('the token is not accepted')
  })
  test('is sent a key only then', async () => {
    const record = await judgeHandmade(handmadeWorld(5), { listRoutes: 20 }, { only: ['ENV-01'], runs: 0 })
    const keyed = record.exchanges.filter(
      ({ purpose, request }) =>
        purpose === 'preflight' && request.headers.some(([name]) => name === 'x-api-key'),
    )
    expect(keyed).toEqual([])
  })
})
