import { expect, test } from 'vitest'
import { paceLine, paceSoFar } from './pace.ts'

test('before a run, its length at the given rate is named, and a shorter one where it is long', () => {
  expect(paceLine({ requests: 404, maxRps: 1 })).toBe(
    'About 400 requests, 7 min at 60 a minute. --max-requests 100 takes 2 min.',
  )
  expect(paceLine({ requests: 50, maxRps: 1 })).toBe('About 50 requests, 50 s at 60 a minute.')
  expect(paceLine({ requests: 404, maxRps: 50 })).toBe('About 400 requests, 8 s at 50 a second.')
})

test('without a rate there is no estimate', () => {
  expect(paceLine({ requests: 404, maxRps: undefined })).toBeUndefined()
})

test('during a run, requests, rate and the time left are named', () => {
  const pace = { requests: 404, maxRps: 1 }
  expect(paceSoFar(120, 120, pace)).toBe('120 of about 400 requests, 60 a minute, about 5 min left')
  expect(paceSoFar(0, 0, pace)).toBe('0 requests')
  expect(paceSoFar(450, 450, pace)).toBe('450 requests, 60 a minute')
  expect(paceSoFar(1, 9, undefined)).toBe('1 request')
})
