import { expect, test } from 'vitest'
import type { JsonValue } from '../contract/json.ts'
import { mostWidespread, type RequestMode } from './event-forms.ts'

const values: readonly JsonValue[] = [
  { content: 'text', agent: 'x' },
  { content: 'text' },
  { content: 'te\ufffd', agent: 'long name' },
]

function form(...shown: readonly [number, ...RequestMode[]][]): number | undefined {
  return mostWidespread(new Map(shown.map(([value, ...modes]) => [value, new Set(modes)])), values)
}

test('a form that one way of reading shows is not the form of the event', () => {
  expect(form([1, 'plain', 'cursor', 'descending'], [0, 'stream'])).toBe(1)
})

test('of forms that are shown about as widely, the longest is', () => {
  expect(form([1, 'plain', 'cursor'], [0, 'stream', 'filter'])).toBe(0)
})

test('damaged characters are not those of the event, however widely they are shown', () => {
  expect(form([2, 'plain', 'cursor', 'filter'], [0, 'stream'])).toBe(0)
  expect(form([2, 'plain'])).toBe(2)
})

test('a form with a long text cut off is not the own form of the event, however widely it is shown', () => {
  const text = 'a'.repeat(300)
  const values = [
    { id: 'evt_1', content: text.slice(0, 200) },
    { id: 'evt_1', content: text },
  ]
  const forms = new Map<number, Set<RequestMode>>([
    [0, new Set(['plain', 'filter', 'cursor', 'descending'])],
    [1, new Set(['stream'])],
  ])
  expect(mostWidespread(forms, values)).toBe(1)
})
