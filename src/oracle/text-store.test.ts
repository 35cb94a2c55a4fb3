import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { TextStore } from './text-store.ts'

const textAt = (at: number) => JSON.stringify({ id: `evt_${at}`, text: `调研 😀 \n ${at} `.repeat(20) })

test('texts come back as they were, whether they are compressed by now or not', async () => {
  const store = new TextStore(100_000)
  const numbers = Array.from({ length: 3_000 }, (_, at) => store.add(textAt(at)))
  for (let round = 0; round < 3; round++) {
    for (const at of [0, 2_999, 1, 1_500, 1_501, 700, 2_998])
      expect(store.at(numbers[at] ?? -1)).toBe(textAt(at))
    await setTimeout(50)
  }
  expect(numbers.map((number) => store.at(number))).toEqual(numbers.map((_, at) => textAt(at)))
})

test('texts that are added while others are compressed are kept', async () => {
  const store = new TextStore(1_000)
  for (let at = 0; at < 400; at++) {
    store.add(textAt(at))
    if (at % 100 === 0) await setTimeout(10)
  }
  for (let at = 399; at >= 0; at--) expect(store.at(at)).toBe(textAt(at))
})

test('a number that none was given is an error', () => {
  expect(() => new TextStore().at(1)).toThrow('no text 1')
})
