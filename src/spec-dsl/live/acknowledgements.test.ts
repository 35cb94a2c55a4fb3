import { expect, test } from 'vitest'
import { Acknowledgements } from './acknowledgements.ts'

test('counts appends, and wakes those who wait for the next one', async () => {
  const acknowledgements = new Acknowledgements()
  const woken: number[] = []
  const first = acknowledgements.next().then(() => woken.push(acknowledgements.count))
  acknowledgements.note()
  await first
  const second = acknowledgements.next().then(() => woken.push(acknowledgements.count))
  expect(woken).toEqual([1])
  acknowledgements.note()
  await second
  expect(woken).toEqual([1, 2])
})
