import { expect, test } from 'vitest'
import { fingerprintOf } from './fingerprint.ts'

const finding = { kind: 'missing', message: 'a', expected: ['evt_1'], actual: [], exchanges: [1] }
const request = (target: string) => ({ target, request_headers: [['Accept', 'application/json']] as const })

test('ids, messages and the order of parameters do not change it', () => {
  const one = fingerprintOf(
    'PAG-03',
    finding,
    request('/sessions/sess_1/threads/sthr_1/events?limit=7&after_id=evt_1'),
  )
  const two = fingerprintOf(
    'PAG-03',
    { ...finding, message: 'b', exchanges: [9] },
    request('/sessions/sess_2/threads/sthr_2/events?after_id=evt_2&limit=7'),
  )
  expect(one).toBe(two)
  expect(one).toMatch(/^[0-9a-f]{12}$/)
})

test('another requirement, kind, limit or order does', () => {
  const base = request('/sessions/s/threads/t/events?limit=7&after_id=e')
  const all = [
    fingerprintOf('PAG-03', finding, base),
    fingerprintOf('PAG-04', finding, base),
    fingerprintOf('PAG-03', { ...finding, kind: 'surplus' }, base),
    fingerprintOf('PAG-03', finding, request('/sessions/s/threads/t/events?limit=1&after_id=e')),
    fingerprintOf('PAG-03', finding, request('/sessions/s/threads/t/events?limit=7&after_id=e&order=desc')),
    fingerprintOf('PAG-03', finding, undefined),
  ]
  expect(new Set(all).size).toBe(all.length)
})
