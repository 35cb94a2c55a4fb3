import { describe, expect, test } from 'vitest'
import type { FailureKind } from '../wire/exchange.ts'
import { anExchange, aStream, aThread, kindOf } from './history-fixture.ts'
import { judgeConforming, judgeSurvival } from './judge-survival.ts'

const status = (code: number) => anExchange('{}', { status: code })
const failed = (kind: FailureKind) =>
  anExchange('', { response: undefined, failure: { kind, message: 'why' } })

describe('what every input must survive (INP-01)', () => {
  test.for([200, 400, 404, 414, 431, 499])('an answer with %i is an answer', (code) => {
    expect(judgeSurvival(status(code), false)).toBeUndefined()
  })
  test.for([500, 502, 503])('%i is a broken server', (code) => {
    expect(kindOf(judgeSurvival(status(code), false))).toBe(`status-${code}`)
  })
  test('a 5xx to a request that conforms is the finding of INP-04', () => {
    expect(judgeSurvival(status(500), true)).toBeUndefined()
    expect(kindOf(judgeConforming(status(500)))).toBe('status-500')
    expect(judgeConforming(status(404))).toBeUndefined()
    expect(judgeConforming(failed('timeout'))).toBe('skip')
  })
  test.for(['timeout', 'reset', 'protocol'] as const)('%s is no answer', (kind) => {
    expect(kindOf(judgeSurvival(failed(kind), true))).toBe(kind)
  })
  test.for(['unsendable', 'aborted', 'dns', 'connect', 'tls'] as const)(
    '%s is nothing that an input did',
    (kind) => {
      expect(judgeSurvival(failed(kind), false)).toBe('skip')
    },
  )
  test('a stream that broke off had been answered', () => {
    const { exchange } = aStream(aThread([]), [])
    const failure = { kind: 'reset', message: 'it broke off' } as const
    expect(judgeSurvival({ ...exchange, failure }, false)).toBeUndefined()
  })
  test('a very long request is shown in part', () => {
    const request = { method: 'GET', target: `/${'x'.repeat(3_000)}`, headers: [] } as const
    const finding = judgeSurvival({ ...status(500), request }, false)
    expect(typeof finding === 'object' && finding.message.length).toBeLessThan(200)
  })
})
