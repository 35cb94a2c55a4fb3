import { describe, expect, test } from 'vitest'
import type { Exchange, FailureKind } from '../../wire/exchange.ts'
import { ofTheApi } from '../history.ts'
import { aList, anEvent, anExchange, aStream, aThread, kindOf } from '../history-fixture.ts'
import { judgeAvailability, judgeConforming, judgeUnreached } from './availability.ts'

const status = (code: number) => anExchange('{}', { status: code })
const failed = (kind: FailureKind) =>
  anExchange('', { response: undefined, failure: { kind, message: 'why' } })

describe('what every input must survive (INP-01)', () => {
  test.for([200, 400, 404, 414, 431, 499])('a response with %i passes', (code) => {
    expect(judgeAvailability(status(code), false)).toBeUndefined()
  })
  test.for([500, 502, 503])('%i is a broken server', (code) => {
    expect(kindOf(judgeAvailability(status(code), false))).toBe(`status-${code}`)
  })
  test('a 5xx to a request that conforms is the finding of INP-04', () => {
    expect(judgeAvailability(status(500), true)).toBeUndefined()
    expect(kindOf(judgeConforming(status(500)))).toBe('status-500')
    expect(judgeConforming(status(404))).toBeUndefined()
    expect(judgeConforming(failed('timeout'))).toBe('undecided')
  })
  test.for(['timeout', 'reset', 'protocol'] as const)('%s counts as no response', (kind) => {
    expect(kindOf(judgeAvailability(failed(kind), true))).toBe(kind)
  })
  test.for(['unsendable', 'aborted', 'dns', 'connect', 'tls'] as const)(
    '%s is nothing that an input did',
    (kind) => {
      expect(judgeAvailability(failed(kind), false)).toBe('undecided')
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

describe('a stream without a response head', () => {
  const path = '/sessions/sess_a/threads/sthr_a/events'
  const asStream = { method: 'GET' as const, headers: [['Accept', 'text/event-stream']] as const }
  const silent = (query: string) => ({
    ...failed('timeout'),
    request: { ...asStream, target: path + query },
  })
  const listed = (query: string) => ({
    ...anExchange('{}'),
    request: { method: 'GET' as const, target: path + query, headers: [] },
  })
  const streamed = { ...anExchange(''), request: { ...asStream, target: path } }
  const judge = (query: string, ...exchanges: Exchange[]) =>
    judgeAvailability(silent(query), false, { exchanges, streams: [] })

  test('may have nothing to send if the list and the whole stream are answered', () => {
    expect(judge('?type=%00', listed('?type=%00'), streamed)).toBe('undecided')
  })
  test('may have nothing to send under the media type of a text', () => {
    const empty = anExchange('', { type: 'text/plain' })
    const open = {
      ...empty,
      failure: failed('timeout').failure,
      request: { ...asStream, target: `${path}?type=%00` },
    }
    const history = { exchanges: [listed('?type=%00'), streamed], streams: [] }
    const silentText = { ...open, response: empty.response && { ...empty.response, bytes: 0 } }
    expect(judgeAvailability(silentText, false, history)).toBe('undecided')
    // What should have been sent does not matter where streams have this media type.
    const due = { ...silentText, request: { ...asStream, target: path } }
    const seen = aStream(aThread([]), [])
    const asPlain = { ...seen, exchange: { ...seen.exchange, response: silentText.response } }
    expect(judgeAvailability(due, false, { ...history, streams: [asPlain] })).toBe('undecided')
    expect(kindOf(judgeAvailability(due, false, history))).toBe('timeout')
    expect(kindOf(judgeAvailability(open, false, history))).toBe('timeout')
  })
  test('hangs if the list or the whole stream hangs too', () => {
    const hangs = { ...listed('?type=%00'), response: undefined, failure: failed('timeout').failure }
    expect(kindOf(judge('?type=%00', hangs, listed(''), streamed))).toBe('timeout')
    expect(kindOf(judge('?type=%00', listed('?type=%00')))).toBe('timeout')
  })
  test('hangs if events are expected', () => {
    const thread = aThread([anEvent('evt_1', 1)])
    const due = { ...aStream(thread, [], { types: ['a.b'] }), exchange: silent('?type=a.b') }
    const history = { exchanges: [listed('?type=a.b'), streamed], streams: [due] }
    expect(kindOf(judgeAvailability(due.exchange, true, history))).toBe('timeout')
  })
  test('hangs if there was no filter', () => {
    expect(kindOf(judge('', listed(''), streamed))).toBe('timeout')
  })
})

test('a request that only a gateway answers is a finding where a plain one is answered later', () => {
  const exchange = { ...anExchange('', { status: 502 }), origin: 'gateway' as const }
  const later = aList(aThread([]), {}, [])
  const refused = { ...exchange, ...anExchange('', { status: 400 }), origin: 'gateway' as const }
  expect(judgeUnreached(exchange, { lists: [] })).toBeUndefined()
  expect(kindOf(judgeUnreached(exchange, { lists: [], endedEarly: true }))).toBe('status-502')
  expect(kindOf(judgeUnreached(exchange, { lists: [later] }))).toBe('status-502')
  const all = ofTheApi({ exchanges: [exchange, refused], lists: [later], streams: [] })
  expect([all.exchanges, all.unreached, all.unreachedValid]).toEqual([[], [exchange], []])
  const valid = { ...later, exchange }
  expect(ofTheApi({ exchanges: [exchange], lists: [valid], streams: [] }).unreachedValid).toEqual([exchange])
})
