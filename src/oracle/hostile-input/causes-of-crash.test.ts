import { expect, test } from 'vitest'
import { aHistory, aList, anExchange, aThread, fiveEvents } from '../history-fixture.ts'
import { causesOfCrash } from './causes-of-crash.ts'

const session = '/sessions/sess_a/threads'
const answered = (target: string, status: number) =>
  anExchange('', { status, request: { method: 'GET', target, headers: [] } })

function causes(target: string, ...[valid, other]: (readonly [target: string, status: number])[]) {
  const crash = answered(target, 500)
  const list = aList(aThread(fiveEvents), {}, fiveEvents)
  const history = aHistory([{ ...list, exchange: answered(...(valid ?? [`${session}/sthr_a/events`, 200])) }])
  const others = other === undefined ? [] : [answered(...other)]
  return causesOfCrash(crash, { ...history, exchanges: [...history.exchanges, ...others, crash] })
}

test('a crash of a valid request with the same parameter explains it', () => {
  const crash = `${session}/sthr_a/events?type=%00&limit=2`
  expect(causes(crash, [`${session}/sthr_a/events?type=a.b`, 500])).toEqual(['INP-04'])
  expect(causes(crash, [`${session}/sthr_a/events?type=a.b`, 200])).toEqual([])
  expect(causes(crash, [`${session}/sthr_a/events?limit=2`, 500])).toEqual([])
})

test('a crash of the plain list explains that of one with strange headers', () => {
  expect(causes(`${session}/sthr_a/events`, [`${session}/sthr_b/events`, 500])).toEqual(['INP-04'])
  expect(causes(`${session}/sthr_a/events`, [`${session}/sthr_b/events`, 200])).toEqual([])
})

test('a crash of a list with a header explains only those with that header', () => {
  const target = `${session}/sthr_a/events`
  const sent = (query: string, ...names: string[]) =>
    anExchange('', {
      status: 500,
      request: {
        method: 'GET',
        target: target + query,
        headers: names.map((name) => [name, 'a'] as const),
      },
    })
  const causesWith = (valid: ReturnType<typeof sent>, crash: ReturnType<typeof sent>) =>
    causesOfCrash(crash, aHistory([{ ...aList(aThread(fiveEvents), {}, fiveEvents), exchange: valid }]))
  const plain = sent('', 'Accept', 'Forwarded')
  expect(causesWith(plain, sent('?type=%00', 'Accept'))).toEqual([])
  expect(causesWith(plain, sent('', 'Accept', 'Cookie', 'forwarded'))).toEqual(['INP-04'])
  const resumed = sent('?type=a.b', 'Accept', 'Last-Event-ID')
  expect(causesWith(resumed, sent('?type=%00', 'Accept'))).toEqual([])
  expect(causesWith(resumed, sent('?type=%00', 'Last-Event-ID'))).toEqual(['INP-04'])
})

test('a crash for any unknown thread explains that for a malformed id', () => {
  const [crash, valid] = [`${session}/%27/events`, [`${session}/sthr_a/events`, 200] as const]
  expect(causes(crash, valid, [`${session}/sthr_unknown/events`, 500])).toEqual(['NFD-02'])
  expect(causes(crash, valid, [`${session}/sthr_unknown/events`, 404])).toEqual([])
})

test('crashes in a session that no valid request used explain nothing', () => {
  const unknown = session.replace('sess_a', 'sess_unknown')
  const valid = [`${session}/sthr_a/events`, 200] as const
  expect(causes(`${unknown}/%27/events`, valid, [`${unknown}/sthr_unknown/events`, 500])).toEqual([])
})

test('a response without an error has no causes', () => {
  const right = answered(`${session}/sthr_a/events`, 200)
  expect(causesOfCrash(right, aHistory([]))).toEqual([])
})
