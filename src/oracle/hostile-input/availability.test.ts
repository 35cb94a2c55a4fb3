import { describe, expect, test } from 'vitest'
import type { FailureKind } from '../../wire/exchange.ts'
import { ofTheApi } from '../history.ts'
import { aList, anExchange, aStream, aThread, kindOf } from '../history-fixture.ts'
import { judgeAvailability, judgeConforming, judgeUnreached } from './availability.ts'

const status = (code: number) => anExchange('{}', { status: code })
const failed = (kind: FailureKind) =>
  anExchange('', { response: undefined, failure: { kind, message: 'why' } })

describe('what every input must survive (INP-01)', () => {
  test.for([200, 400, 404, 414, 431, 499])('an answer with %i is an answer', (code) => {
    expect(judgeAvailability(status(code), false)).toBeUndefined()
  })
  test.for([500, 502, 503])('%i is a broken server', (code) => {
    expect(kindOf(judgeAvailability(status(code), false))).toBe(`status-${code}`)
  })
  test('a 5xx to a request that conforms is the finding of INP-04', () => {
    expect(judgeAvailability(status(500), true)).toBeUndefined()
    expect(kindOf(judgeConforming(status(500)))).toBe('status-500')
    expect(judgeConforming(status(404))).toBeUndefined()
    expect(judgeConforming(failed('timeout'))).toBe('skip')
  })
  test.for(['timeout', 'reset', 'protocol'] as const)('%s is no answer', (kind) => {
    expect(kindOf(judgeAvailability(failed(kind), true))).toBe(kind)
  })
  test.for(['unsendable', 'aborted', 'dns', 'connect', 'tls'] as const)(
    '%s is nothing that an input did',
    (kind) => {
      expect(judgeAvailability(failed(kind), false)).toBe('skip')
    },
  )
  test('a stream that broke off had been answered', () => {
    const { exchange } = aStream(aThread([]), [])
    const failure = { kind: 'reset', message: 'it broke off' } as const
    expect(judgeAvailability({ ...exchange, failure }, false)).toBeUndefined()
  })
  test('a very long request is shown in part', () => {
    const request = { method: 'GET', target: `/${'x'.repeat(3_000)}`, headers: [] } as const
    const finding = judgeAvailability({ ...status(500), request }, false)
    expect(typeof finding === 'object' && finding.message.length).toBeLessThan(200)
  })
})

test('a stream that has nothing to send may keep its head back', () => {
  const headers = [['Accept', 'text/event-stream']] as const
  const asked = (target: string) => ({
    ...failed('timeout'),
    request: { method: 'GET' as const, target, headers },
  })
  expect(judgeAvailability(asked('/events?type=%00'), false)).toBe('skip')
  expect(kindOf(judgeAvailability(asked('/events'), false))).toBe('timeout')
})

test('a request that only a gateway answers is a finding where a plain one is answered later', () => {
  const exchange = { ...anExchange('', { status: 502 }), origin: 'gateway' as const }
  const later = aList(aThread([]), {}, [])
  const refused = { ...exchange, ...anExchange('', { status: 400 }), origin: 'gateway' as const }
  expect(judgeUnreached(exchange, { lists: [] })).toBeUndefined()
  expect(kindOf(judgeUnreached(exchange, { lists: [later] }))).toBe('status-502')
  const all = ofTheApi({ exchanges: [exchange, refused], lists: [later], streams: [] })
  expect([all.exchanges, all.unreached]).toEqual([[], [exchange]])
})
