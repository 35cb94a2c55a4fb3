import { expect, test } from 'vitest'
import { traceIdOf, traceparent } from './trace-context.ts'

test('a trace id consists of the run and the number of the request', () => {
  expect(traceIdOf('0F3A5C1E-7d2b-4c6e-9a10-000000000001', 255)).toBe('0f3a5c1e7d2b4c6e9a100000000000ff')
})

test('the header is valid for any run id', () => {
  for (const runId of ['', 'handmade', 'a'.repeat(99)])
    expect(traceparent(traceIdOf(runId, 1))).toMatch(/^00-[0-9a-f]{24}00000001-0000000000000001-01$/)
})
