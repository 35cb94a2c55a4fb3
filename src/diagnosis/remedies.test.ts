import { expect, test } from 'vitest'
import { remedyForRequirement } from './remedies.ts'

test('a 5xx is an exception, whatever requirement it breaks', () => {
  expect(remedyForRequirement('ENV-01', 'The list ?limit=5: expected a list, got 500')?.cause).toMatch(
    /throws/,
  )
})

test('an unknown session with another 4xx is found not to exist', () => {
  expect(remedyForRequirement('NFD-01', 'An unknown session: expected 404, got 403')?.fix).toMatch(/404/)
  expect(remedyForRequirement('NFD-01', 'An unknown session: expected 404, got 200')?.cause).toMatch(
    /without its session/,
  )
})
