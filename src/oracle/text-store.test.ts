import { expect, test } from 'vitest'
import { TextStore } from './text-store.ts'

const textAt = (at: number) => JSON.stringify({ id: `evt_${at}`, text: `调研 😀 \n ${at} `.repeat(20) })

test('returns texts unchanged, compressed or not', () => {
  const store = new TextStore(100_000)
  const numbers = Array.from({ length: 3_000 }, (_, at) => store.add(textAt(at)))
  for (const at of [0, 2_999, 1, 1_500, 1_501, 700, 2_998])
    expect(store.at(numbers[at] ?? -1)).toBe(textAt(at))
  expect(numbers.map((number) => store.at(number))).toEqual(numbers.map((_, at) => textAt(at)))
})

test('returns a text that is longer than the whole cache', () => {
  const store = new TextStore(10)
  const [long, short] = [store.add(textAt(1)), store.add('{}')]
  expect([store.at(long), store.at(short)]).toEqual([textAt(1), '{}'])
})

test('throws for an unknown number', () => {
  expect(() => new TextStore().at(1)).toThrow('no text 1')
})

test('compares a text with another one, compressed or not', () => {
  const store = new TextStore(100_000)
  const numbers = Array.from({ length: 3_000 }, (_, at) => store.add(textAt(at)))
  for (const at of [0, 700, 2_999]) {
    expect(store.equals(numbers[at] ?? -1, textAt(at))).toBe(true)
    expect(store.equals(numbers[at] ?? -1, textAt(at + 1))).toBe(false)
  }
  expect(store.equals(3_000, textAt(0))).toBe(false)
})

test('holds empty texts', () => {
  const store = new TextStore()
  const texts = ['', 'a', '', '', 'b', '']
  expect(texts.map((text) => store.add(text)).map((number) => store.at(number))).toEqual(texts)
})
