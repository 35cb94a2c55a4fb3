import { expect, test } from 'vitest'
import { anExchange } from '../oracle/history-fixture.ts'
import { sharedTrait } from './shared-trait.ts'

const answered = (status: number) => anExchange({}, { status })
const dropped = () =>
  anExchange('', {
    response: undefined,
    failure: { kind: 'reset', message: 'the target dropped the connection' },
  })

test('the status that most answers share is named, with how many share it', () => {
  expect(sharedTrait([answered(500), answered(500), answered(200), answered(500)])).toEqual({
    trait: 'status 500',
    answers: 3,
  })
})

test('how the connection failed counts before any status', () => {
  expect(sharedTrait([dropped(), dropped(), dropped()])?.trait).toBe('the target dropped the connection')
})

test('success is no trait, nor is what a few share, or less than most', () => {
  expect(sharedTrait([answered(200), answered(200), answered(200)])).toBeUndefined()
  expect(sharedTrait([answered(500), answered(500)])).toBeUndefined()
  expect(sharedTrait([1, 2, 3].flatMap(() => [answered(500), answered(404)]))).toBeUndefined()
})
