import { expect, test } from 'vitest'
import { SharedHeaders } from './shared-headers.ts'

test('equal lists are one, and different ones are not', () => {
  const headers = new SharedHeaders()
  const list = () => [['accept', 'application/json'] as const]
  const first = headers.shared(list())
  expect(headers.shared(list())).toBe(first)
  expect(headers.shared([['accept', 'text/html']])).toEqual([['accept', 'text/html']])
})

test('a list that is not held stays as it is', () => {
  const headers = new SharedHeaders()
  for (let at = 0; at < 2_000; at++) expect(headers.shared([['n', `${at}`]])).toEqual([['n', `${at}`]])
})
