import { expect, test } from 'vitest'
import { anExchange } from '../oracle/history-fixture.ts'
import { sharedTrait } from './shared-trait.ts'

const answered = (status: number) => anExchange({}, { status })
const dropped = () =>
  anExchange('', {
    response: undefined,
    failure: { kind: 'reset', message: 'the target dropped the connection' },
  })

const traitOf = (exchanges: Parameters<typeof sharedTrait>[0]) => sharedTrait(exchanges, exchanges)

test('the status that most answers share is named, with how many share it', () => {
  expect(traitOf([answered(500), answered(500), answered(200), answered(500)])).toEqual({
    trait: 'status 500',
    answers: 3,
  })
})

test('how the connection failed counts before any status', () => {
  expect(traitOf([dropped(), dropped(), dropped()])?.trait).toBe('the target dropped the connection')
})

test('names the last response of a target that went away', () => {
  const [before, after] = [answered(200), answered(404)]
  const gone = [dropped(), dropped(), dropped()]
  expect(sharedTrait(gone, [before, after, ...gone])?.last_answered).toBe(after.id)
  expect(sharedTrait(gone, [before, ...gone, answered(200)])?.last_answered).toBeUndefined()
  expect(sharedTrait(gone, gone)?.last_answered).toBeUndefined()
})

test('success is no trait, nor is what a few share, or less than most', () => {
  expect(traitOf([answered(200), answered(200), answered(200)])).toBeUndefined()
  expect(traitOf([answered(500), answered(500)])).toBeUndefined()
  expect(traitOf([1, 2, 3].flatMap(() => [answered(500), answered(404)]))).toBeUndefined()
})
