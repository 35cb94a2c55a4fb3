import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { curlLine } from '../wire/curl.ts'
import { SecretRegistry } from '../wire/secrets.ts'
import { clientOf, closeAll, httpServer } from '../wire/socket-fixture.ts'
import { furtherInvalidTokens, type InvalidToken, invalidTokens, wildcardTokens } from './invalid-tokens.ts'

afterEach(closeAll)

const hasCurl = spawnSync('curl', ['--version']).status === 0

/** With the further token of each turn. */
function everyInvalidToken(token: string): InvalidToken[] {
  const turns = Array.from({ length: 12 }, (_, turn) => invalidTokens(token, turn))
  const further = Object.values(furtherInvalidTokens(token))
  const { begins, ends } = wildcardTokens(token)
  const wildcards = [
    { what: 'a wildcard first', name: 'TOKEN_BEGINS_WITH_WILDCARD', token: begins },
    { what: 'a wildcard last', name: 'TOKEN_ENDS_IN_WILDCARD', token: ends },
  ]
  return [...new Map([...turns.flat(), ...further, ...wildcards].map((one) => [one.what, one])).values()]
}

describe.skipIf(!hasCurl)('a printed curl line, given CONFORMANCE_TOKEN alone, sends', () => {
  const tokens = ['pat_0123456789abcdef0123', 'eyJhbGciOi.JIUzI1NiJ9-x_y~a', '00a0']
  const basic = (token: string) => `Basic ${Buffer.from(`${token}:${token}`).toString('base64')}`
  const cases = tokens.flatMap((token) => [
    ...everyInvalidToken(token).map(({ what, token: wrong }) => [what, token, `Bearer ${wrong}`] as const),
    ['the token under Basic', token, basic(token)] as const,
    ['the token with a word behind it', token, `Bearer ${token} more`] as const,
    ['an authorization of the suite', token, 'Bearer a b c'] as const,
    ['a long one', token, `Bearer ${'x'.repeat(3_000)}`] as const,
  ])
  test.for(cases)('%s (%s)', async ([, token, authorization]) => {
    const seen: (string | undefined)[] = []
    const base = await httpServer((request, response) => {
      seen.push(request.headers.authorization)
      response.end('{}')
    })
    const secrets = new SecretRegistry()
    secrets.add('CONFORMANCE_TOKEN', token)
    for (const { name, token: wrong } of everyInvalidToken(token))
      if (name !== undefined) secrets.add(name, wrong)
    secrets.add('TOKEN_AS_BASIC', basic(token).slice(6))
    const client = clientOf(base, {}, { secrets, token })
    const line = curlLine(await client.ask({ purpose: 'p', target: '/a', authorization }), base)
    expect(line).not.toContain(token)
    expect(line).not.toContain('[redacted]')
    const env = { PATH: process.env.PATH, CONFORMANCE_TOKEN: token }
    await promisify(execFile)('sh', ['-c', line], { env })
    expect(seen).toEqual([authorization, authorization])
  })
})
