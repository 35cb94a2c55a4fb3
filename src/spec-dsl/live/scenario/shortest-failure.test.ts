import { expect, test } from 'vitest'
import { shortestFailure } from './shortest-failure.ts'

interface Item {
  readonly size: number
  simpler(): readonly Item[]
}

const item = (size: number): Item => ({ size, simpler: () => (size > 1 ? [item(size - 1)] : []) })
const sizes = (items: readonly Item[]) => items.map(({ size }) => size)

test('leaves out what does not matter, and simplifies the rest', async () => {
  const start = [1, 9, 4, 7, 3].map(item)
  // Fails with a 4 or more in front of a 3 or more.
  const failureOf = (items: readonly Item[]) => {
    const at = items.findIndex(({ size }) => size >= 4)
    return Promise.resolve(
      at >= 0 && items.slice(at + 1).some(({ size }) => size >= 3) ? 'broken' : undefined,
    )
  }
  const { value, failure } = await shortestFailure({ value: start, failure: 'broken' }, failureOf, 100)
  expect(sizes(value)).toEqual([4, 3])
  expect(failure).toBe('broken')
})

test('stops after the given number of tries', async () => {
  let tries = 0
  const failureOf = () => {
    tries += 1
    return Promise.resolve('broken')
  }
  await shortestFailure({ value: [1, 2, 3, 4, 5, 6, 7, 8].map(item), failure: 'broken' }, failureOf, 2)
  expect(tries).toBe(2)
})
