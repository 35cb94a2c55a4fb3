import { expect, test } from 'vitest'
import { withoutGot, withoutRequest } from './concise-message.ts'

test.each([
  ['The list ?limit=7: expected 7 events, got 20.', 'expected 7 events, got 20.'],
  [
    '/v1/sessions/sess_1/threads/sthr_1/events returned 401, but its body is not JSON.',
    'returned 401, but its body is not JSON.',
  ],
  ['Events of another thread are returned.', 'Events of another thread are returned.'],
])('a message loses the request that is shown beside it: %s', (message, concise) => {
  expect(withoutRequest(message)).toBe(concise)
})

test('an actual value loses the word that labels it', () => {
  expect(withoutGot('got 200')).toBe('200')
  expect(withoutGot('got ')).toBe('got ')
  expect(withoutGot(['got 200'])).toEqual(['got 200'])
})
