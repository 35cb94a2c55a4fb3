import { expect, test } from 'vitest'
import { isDependentFailure } from './suppress-dependents.ts'

const request = (target: string) => ({ target, headers: [] })

test.for([
  ['the requirement itself', 'FLT-01', '/events?type=a', 'FLT-01'],
  ['a feature of the request', 'FLT-01', '/events?limit=3&type=a', 'PAG-02'],
  ['the explicit ascending order', 'FLT-01', '/events?order=asc&type=a', 'ORD-02'],
  ['the streams of every kind', 'SSE-04', '/events', 'SSE-08'],
] as const)('generated data shows again what is broken: %s', ([, requirement, target, broken]) => {
  expect(isDependentFailure(requirement, request(target), new Set([broken]))).toBe(true)
})

test('a bug of something that the request does not use is one of its own', () => {
  expect(isDependentFailure('FLT-01', request('/events?type=a'), new Set(['ORD-02', 'SSE-08']))).toBe(false)
})
