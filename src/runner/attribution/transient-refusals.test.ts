import { expect, test } from 'vitest'
import { anExchange } from '../../oracle/history-fixture.ts'
import type { Exchange } from '../../wire/exchange.ts'
import { citedRefusals, findTransientRefusals } from './transient-refusals.ts'

function answered(
  id: number,
  status: number,
  authorization = 'Bearer $CONFORMANCE_TOKEN',
  target = '?limit=2',
): Exchange {
  const exchange = anExchange('')
  const { request, response } = exchange
  if (response === undefined) throw new Error('The fixture has a response.')
  return {
    ...exchange,
    id,
    request: { ...request, target, headers: [['authorization', authorization]] },
    response: { ...response, status },
  }
}

const result = (id: 'PAG-02' | 'AUT-01', exchange: number) => ({
  id,
  cases: [
    {
      exchanges: [exchange],
      finding: { kind: 'refused', message: '', expected: '', actual: '', exchanges: [exchange] },
    },
  ],
})

test('a request that is refused once and accepted once breaks INP-03', async () => {
  const found = await findTransientRefusals([1], [answered(1, 401)], async () => [answered(8, 200)])
  expect(found?.exchanges).toEqual(new Set([1]))
  expect(found?.finding).toMatchObject({ kind: 'transient-refusal', exchanges: [1, 8] })
})

test('a request that is refused each time is no matter of chance', async () => {
  const found = findTransientRefusals([1], [answered(1, 401)], async () => [answered(8, 401)])
  expect(await found).toBeUndefined()
})

test('a thread that is gone by now proves nothing by itself', async () => {
  const found = findTransientRefusals([1], [answered(1, 401)], async () => [answered(8, 404)])
  expect(await found).toBeUndefined()
})

test('a URL that was also refused without a valid token proves nothing', async () => {
  const exchanges = [answered(1, 401), answered(2, 401, 'Bearer $CONFORMANCE_EXPIRED_TOKEN')]
  const repeat = async () => [answered(8, 200)]
  expect(await findTransientRefusals([1], exchanges, repeat)).toBeUndefined()
  expect(citedRefusals([result('PAG-02', 1)], exchanges)).toEqual([])
})

test('other tokens and findings about 401 itself are left out', () => {
  const exchanges = [
    answered(1, 401, 'Bearer $CONFORMANCE_TOKENx', '?limit=1'),
    answered(2, 401),
    answered(3, 200),
  ]
  const results = [result('PAG-02', 1), result('AUT-01', 2), result('PAG-02', 3)]
  expect(citedRefusals(results, exchanges)).toEqual([])
  expect(citedRefusals([result('PAG-02', 2)], exchanges)).toEqual([2])
})
