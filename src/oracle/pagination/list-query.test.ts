import { expect, test } from 'vitest'
import { type ListQuery, queryString, type TypeSpelling } from './list-query.ts'

test.for<[ListQuery, string]>([
  [{}, ''],
  [{ limit: 7 }, '?limit=7'],
  [{ order: 'desc', after: 'evt_1' }, '?order=desc&after_id=evt_1'],
  [{ before: 'evt_/?&=#%' }, '?before_id=evt_%2F%3F%26%3D%23%25'],
  [{ types: [] }, ''],
])('%j is asked for as %j', ([query, text]) => {
  expect(queryString(query)).toBe(text)
})

test.for<[TypeSpelling, string]>([
  ['comma', '?type=a.b,c%2Cd'],
  ['brackets', '?types[]=a.b&types[]=c%2Cd'],
  ['encoded-brackets', '?types%5B%5D=a.b&types%5B%5D=c%2Cd'],
])('types are spelt with %s', ([spelling, text]) => {
  expect(queryString({ types: ['a.b', 'c,d'] }, spelling)).toBe(text)
})
