import { expect, test } from 'vitest'
import { commandsOf } from './failure-text.ts'

test('requests that affect each other are repeated by one line', () => {
  expect(commandsOf('neighbour', ['curl a', 'curl b'])).toEqual(['curl a & curl b'])
  expect(commandsOf('neighbour', [])).toEqual([])
})

test('other requests are repeated one by one', () => {
  expect(commandsOf('count', ['curl a', 'curl b'])).toEqual(['curl a', 'curl b'])
})
