import { expect, test } from 'vitest'
import { splitList } from './split-list.ts'

const events = [
  { id: 'evt_1', content: [{ type: 'text', text: '},{"id":' }], nested: { data: [{ id: 'x' }] } },
  { id: 'evt_2', content: [] },
]
const list = { data: events, first_id: 'evt_1', last_id: 'evt_2', has_more: true }

test.each([0, 2])('a list is split (indent %i)', (indent) => {
  const text = JSON.stringify({ ...list, data: events.slice(1) }, undefined, indent)
  const split = splitList(text)
  expect(split?.items.map((item) => JSON.parse(item))).toEqual(events.slice(1))
  expect(split?.envelope).toEqual({ ...list, data: [] })
})

test.each([0, 2])('the joined parts are the original text (indent %i)', (indent) => {
  const text = JSON.stringify({ ...list, data: [events[1], events[1], events[1]] }, undefined, indent)
  const split = splitList(text)
  if (split === undefined) throw new Error('The list was not split.')
  const { before, between, after } = split.frame
  expect(split.items).toHaveLength(3)
  expect(before + split.items.join(between) + after).toBe(text)
})

test('`data` may come last', () => {
  const text = JSON.stringify({ has_more: false, data: events.slice(1) })
  expect(splitList(text)).toMatchObject({ envelope: { has_more: false, data: [] } })
})

test.each([
  ['an empty list', '{"data":[],"has_more":false}'],
  ['a list of something else', '{"data":[1,2],"has_more":false}'],
  ['the data of something within', '{"x":{"data":[{"id":"evt_1"}]}}'],
  ['a broken envelope', '{"data":[{"id":"evt_1"}],"has_more":}'],
  ['no JSON', 'data: [{"id":1}]'],
  ['nothing', ''],
])('%s is not', (_what, text) => {
  expect(splitList(text)).toBeUndefined()
})

test('white space that JSON does not allow is kept', () => {
  const items = splitList('{"data":[{"id":"evt_1"}\u00a0],"has_more":true}')?.items
  expect(items).toEqual(['{"id":"evt_1"}\u00a0'])
})
