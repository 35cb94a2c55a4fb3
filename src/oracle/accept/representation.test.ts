import { describe, expect, test } from 'vitest'
import type { Exchange } from '../../wire/exchange.ts'
import { anExchange, aStream, aThread, fiveEvents, kindOf, one } from '../history-fixture.ts'
import { judgeRepresentationOf, judgeVary } from './representation.ts'

const list = anExchange({ data: [one.value], first_id: 'evt_1', last_id: 'evt_1', has_more: false })
const stream = aStream(aThread(fiveEvents), fiveEvents).exchange
const refusal = anExchange('', { status: 406, type: 'text/plain' })
const silence = anExchange('', {
  response: undefined,
  failure: { kind: 'timeout', message: 'no response within 5 ms' },
})

describe('the representation (NEG-01 to NEG-05)', () => {
  const right = undefined
  test.for<[string, Exchange, (string | undefined)[]]>([
    ['a stream', stream, [right, 'representation-list', 'representation-no stream']],
    ['a list', list, ['representation-stream', right, right]],
    ['a refusal', refusal, ['representation-stream', 'representation-list', right]],
    ['no answer', silence, ['representation-stream', 'representation-list', 'representation-no stream']],
  ])('%s, where a stream, a list, or no stream is wanted', ([, exchange, expected]) => {
    const wanted = ['stream', 'list', 'no stream'] as const
    expect(wanted.map((one) => kindOf(judgeRepresentationOf(exchange, ['a/b'], one)))).toEqual(expected)
  })

  test('a stream that breaks off still counts as a stream', () => {
    const broken: Exchange = { ...stream, failure: { kind: 'reset', message: 'it broke off' } }
    expect(judgeRepresentationOf(broken, ['text/event-stream'], 'stream')).toBeUndefined()
  })

  test('a stream with a status other than 200 does not count as a stream', () => {
    const response = stream.response && { ...stream.response, status: 406 }
    expect(kindOf(judgeRepresentationOf({ ...stream, response }, [], 'stream'))).toBe('representation-stream')
  })

  test('the message names the lines that were sent', () => {
    expect(judgeRepresentationOf(list, ['a/b', 'text/event-stream'], 'stream')?.message).toContain(
      'Accept: a/b and Accept: text/event-stream: expected an event stream, got a list',
    )
    expect(judgeRepresentationOf(stream, [], 'list')?.message).toContain('No Accept header')
  })
})

describe('Vary (NEG-06)', () => {
  const varying = (exchange: Exchange, ...lines: string[]) => {
    const response = exchange.response && {
      ...exchange.response,
      headers: lines.map((line) => ['Vary', line] as const),
    }
    return kindOf(judgeVary({ ...exchange, response }))
  }
  test.for([['Accept'], ['accept'], ['Origin, Accept'], ['Origin', 'ACCEPT'], ['*']])(
    '%j names it',
    (lines) => {
      expect([varying(list, ...lines), varying(stream, ...lines)]).toEqual([undefined, undefined])
    },
  )
  test.for([[], ['Origin'], ['Accept-Encoding'], ['']])('%j does not', (lines) => {
    expect([varying(list, ...lines), varying(stream, ...lines)]).toEqual(['vary-list', 'vary-stream'])
  })
  test('is not judged on a refusal', () => {
    expect([judgeVary(refusal), judgeVary(silence)]).toEqual(['undecided', 'undecided'])
  })
})
