import { expect, test } from 'vitest'
import type { RecordedAnswer } from '../record/recorded-answer.ts'
import type { Facet } from './facets.ts'
import { cachedByAddress } from './foreign-answers.ts'
import { observedRequest } from './observed-request-fixture.ts'
import type { ObservedRequest } from './observed-run.ts'

const refused: Partial<RecordedAnswer> = { status: 401, body: { kind: 'error', value: 0, message: '' } }

/** A request at this second, with the valid token or without one. */
function request(id: number, path: string, authenticated: boolean, answer: Partial<RecordedAnswer> = {}) {
  const one = observedRequest(id, answer)
  const headers: [string, string][] = authenticated ? [['Authorization', 'Bearer token']] : []
  return {
    ...one,
    exchange: {
      ...one.exchange,
      startedAtMs: id * 1_000,
      request: { ...one.exchange.request, target: `/sessions/s/threads/${path}/events`, headers },
    },
  }
}

/** By exchange, the exchange whose response each of these has. */
function cachedOf(asked: readonly ObservedRequest[]) {
  const sound = new Map(
    asked.map((one) => {
      const isValid = one.exchange.request.headers.length > 0
      return [one.exchange.id, observedRequest(0, isValid ? {} : refused).answer] as const
    }),
  )
  const differences = new Map(
    asked.map(({ exchange: { id }, answer }) => {
      const isRight = answer.status === sound.get(id)?.status
      return [id, new Set<Facet>(isRight ? [] : ['status'])] as const
    }),
  )
  const run = { asked, world: { version: 1 as const, sessions: [] }, setupActions: [] }
  return [...cachedByAddress({ run, sound, differences, values: [{}] })]
}

const firstOfAnother = request(1, 'other', false, refused)

test('lists that are returned without a token once the list was requested come from a cache', () => {
  const asked = [2, 3, 4, 5, 6].flatMap((id) => [
    request(id * 2, `t${id}`, true),
    request(id * 2 + 1, `t${id}`, false),
  ])
  expect(cachedOf([firstOfAnother, ...asked])).toEqual([
    [5, 4],
    [7, 6],
    [9, 8],
    [11, 10],
    [13, 12],
  ])
})

test('a cache may forget', () => {
  const asked = [2, 4, 6, 8, 10].flatMap((id) => [
    request(id * 2, 't', true),
    request(id * 2 + 1, 't', false),
    request(id * 2 + 2, 't', false, refused),
  ])
  expect(cachedOf([firstOfAnother, ...asked])).toHaveLength(5)
})

test('a server that never reads the header is no cache', () => {
  const asked = [2, 3, 4, 5, 6].flatMap((id) => [
    request(id * 2, `t${id}`, true),
    request(id * 2 + 1, `t${id}`, false),
  ])
  expect(cachedOf([request(1, 'other', false), ...asked])).toEqual([])
})
