import { describe, expect, test } from 'vitest'
import { anExchange, kindOf } from '../history-fixture.ts'
import { judgeChallenge, judgeEcho } from './authentication.ts'

const status = (code: number) => anExchange('{}', { status: code })
const silence = anExchange('', { response: undefined, failure: { kind: 'timeout', message: 'why' } })

describe('tokens', () => {
  test('must not be repeated (AUT-07)', () => {
    expect(judgeEcho(status(200))).toBeUndefined()
    expect(kindOf(judgeEcho({ ...status(401), echoes: ['CONFORMANCE_TOKEN'] }))).toBe('echo')
    expect(judgeEcho(silence)).toBe('undecided')
  })
  test('are requested with a challenge (AUT-08)', () => {
    const bare = status(401)
    const headers = [['WWW-Authenticate', 'Bearer']] as const
    expect(kindOf(judgeChallenge(bare))).toBe('no-challenge')
    expect(
      judgeChallenge({ ...bare, response: bare.response && { ...bare.response, headers } }),
    ).toBeUndefined()
    expect(judgeChallenge(status(404))).toBe('undecided')
  })
})
