import { expect, test } from 'vitest'
import { TextStore } from './text-store.ts'

const textAt = (at: number) => JSON.stringify({ id: `evt_${at}`, text: `调研 😀 \n ${at} `.repeat(20) })

test('texts come back as they were, compressed or not', () => {
  const store = new TextStore(100_000)
  const numbers = Array.from({ length: 3_000 }, (_, at) => store.add(textAt(at)))
  for (const at of [0, 2_999, 1, 1_500, 1_501, 700, 2_998])
    expect(store.at(numbers[at] ?? -1)).toBe(textAt(at))
  expect(numbers.map((number) => store.at(number))).toEqual(numbers.map((_, at) => textAt(at)))
})

test('a text that is longer than all that may be kept comes back too', () => {
  const store = new TextStore(10)
  const [long, short] = [store.add(textAt(1)), store.add('{}')]
  expect([store.at(long), store.at(short)]).toEqual([textAt(1), '{}'])
})

test('a number that none was given is an error', () => {
  expect(() => new TextStore().at(1)).toThrow('no text 1')
})
