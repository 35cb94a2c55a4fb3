import { expect, test } from 'vitest'
import { causesOf, type DescribedRequirement } from './causes.ts'

const failing = (id: string, message: string, exchange = 1, level = 'MUST'): DescribedRequirement => ({
  id,
  level,
  verdict: 'fail',
  title: id,
  findings: [{ message, fingerprint: id, exchanges: [exchange] }],
})
const groups = (...all: DescribedRequirement[]) =>
  causesOf(all, [], undefined).map(({ requirements }) => requirements)

test('requirements that one response breaks in the same way have one cause', () => {
  const message = 'An unknown thread, Accept: text/event-stream: expected 404, got 200.'
  expect(groups(failing('SSE-10', message), failing('NFD-05', message))).toEqual([['SSE-10', 'NFD-05']])
  expect(groups(failing('SSE-10', message), failing('NFD-05', message, 2))).toHaveLength(2)
})

test('an unknown cursor that is ignored is one cause with its missing refusal', () => {
  expect(groups(failing('PAG-11', 'ignored.'), failing('PAG-14', 'not refused.', 2, 'SHOULD'))).toEqual([
    ['PAG-11', 'PAG-14'],
  ])
})

test('credentials that are not checked at all are one cause', () => {
  const [missing, unknown] = ['No Authorization header', 'Bearer with the word null']
  const both = (status: number) =>
    groups(
      failing('AUT-01', `${missing}: expected 401, got 200.`),
      failing('AUT-02', `${unknown}: expected 401, got ${status}.`, 2),
    )
  expect(both(200)).toEqual([['AUT-01', 'AUT-02']])
  expect(both(403)).toEqual([['AUT-01'], ['AUT-02']])
})

test('a server error comes before what the request should have returned, with the path in short', () => {
  const target = '/sessions/sess_1/threads/sthr_1/events?limit=x'
  const [cause, ...others] = causesOf(
    [
      failing('PAG-15', 'limit=x: expected 400, got 500.'),
      failing('INP-01', `${target}: expected a status below 500, got 500.`, 2),
    ],
    [],
    undefined,
    ['PAG-15', 'INP-01'],
  )
  expect(others).toEqual([])
  expect(cause?.requirements).toEqual(['INP-01', 'PAG-15'])
  expect(cause?.title).toBe('…/events?limit=x: expected a status below 500, got 500')
})
