import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import type { Ask } from './client.ts'
import { curlLine } from './curl.ts'
import type { HeaderPair } from './exchange.ts'
import { SecretRegistry } from './secrets.ts'
import { clientOf, closeAll, rawServer } from './socket-fixture.ts'

afterEach(closeAll)

const token = 'pat_0123456789abcdef0123'
const expired = 'pat_it\'s $HOME `id` \\ "old"'
const hasCurl = spawnSync('curl', ['--version']).status === 0

/** Asks, and runs the curl line of the exchange: what the server saw of both. */
async function bothWays(ask: Omit<Ask, 'purpose'>, headers: readonly HeaderPair[] = []) {
  const seen: string[] = []
  const base = await rawServer((socket, request) => {
    seen.push(request)
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')
  })
  const secrets = new SecretRegistry()
  secrets.add('CONFORMANCE_TOKEN', token)
  secrets.add('CONFORMANCE_EXPIRED_TOKEN', expired)
  for (const [at, [, value]] of headers.entries()) secrets.add(`CONFORMANCE_HEADERS_${at + 1}`, value)
  const exchange = await clientOf(base, {}, { secrets, token, headers }).ask({ purpose: 'p', ...ask })
  const line = curlLine(exchange, base)
  await promisify(execFile)('sh', ['-c', line], {
    env: {
      PATH: process.env.PATH,
      CONFORMANCE_TOKEN: token,
      CONFORMANCE_EXPIRED_TOKEN: expired,
      CONFORMANCE_HEADERS: headers.map((pair) => pair.join(': ')).join('\n\n'),
    },
  })
  return { line, seen: seen.map(whatCounts) }
}

/** The request line, and the headers that can change the answer, in their order. */
function whatCounts(request: string): string[] {
  const [first = '', ...headers] = request.trimEnd().split('\r\n')
  const incidental = /^(host|connection|user-agent|x-conformance-run|traceparent):/i
  return [first, ...headers.filter((line) => !incidental.test(line)).map((line) => line.trimEnd())]
}

describe.skipIf(!hasCurl)('the curl line, run by a shell, makes the same request', () => {
  test.for<[string, Omit<Ask, 'purpose'>]>([
    ['without Accept', { target: '/sessions/a/threads/b/events' }],
    ['with two Accept lines', { target: '/a', accept: ['application/json', 'text/event-stream;q=0.5'] }],
    ['without Authorization', { target: '/a', authorization: null }],
    ['with a token that a shell would take apart', { target: '/a', authorization: `Bearer ${expired}` }],
    ['with another scheme', { target: '/a', authorization: `Token ${token}` }],
    ['as HEAD', { target: '/a', method: 'HEAD' }],
    ['with an empty header', { target: '/a', headers: [['X-Empty', '']] }],
    ['with an empty Accept', { target: '/a', accept: [''] }],
    ['with quotes in the path', { target: '/it\'s/"quoted"/`id`' }],
    ['with what a shell would expand', { target: '/a?x=$HOME&y=$(id)&z=~;w=!!&v=\\n' }],
    ['with what curl would expand', { target: '/a?types[]=x&b={1,2}&c=[1-3]' }],
    ['with dots and doubled slashes', { target: '/a/../b/./c//d/%2e%2e/e' }],
    ['with percent signs', { target: '/a?x=%zz&y=%&z=%00' }],
    ['with a header full of quotes', { target: '/a', headers: [['Last-Event-ID', `"it's"; $HOME %00 \\`]] }],
    ['with the token in the query', { target: `/a?token=${token}&x=1`, authorization: null }],
  ])('%s', async ([, ask]) => {
    const { seen } = await bothWays(ask)
    const [original, repeated] = seen
    expect(repeated).toEqual(original)
    expect(seen).toHaveLength(2)
  })

  test('with the configured headers, without their values', async () => {
    const headers = [
      ['X-Gate', 'gate: "secret" $HOME \\n'],
      ['X-Short', 'ab'],
      ['Cookie', 'session=0123456789abcdef; theme=dark'],
    ] as const
    const { line, seen } = await bothWays({ target: '/a' }, headers)
    expect(seen[1]).toEqual(seen[0])
    expect(line).not.toMatch(/redacted|gate: "secret"|0123456789abcdef;/)
    expect(line).toContain('$CONFORMANCE_HEADERS')
  })

  test('with no more options than the URL needs', async () => {
    const { line } = await bothWays({ target: '/sessions/a/threads/b/events?limit=2' })
    expect(line).toMatch(/^curl -sS -i -H /)
  })

  test('and contains no token', async () => {
    const { line } = await bothWays({ target: `/a?token=${token}` })
    expect(line).not.toContain(token)
    expect(line).toContain('"$CONFORMANCE_TOKEN"')
  })
})
