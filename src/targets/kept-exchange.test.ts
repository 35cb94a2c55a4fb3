import { expect, test } from 'vitest'
import { EventTable } from '../oracle/event-table.ts'
import { anExchange } from '../oracle/history-fixture.ts'
import { KeptResponse } from '../oracle/pagination/kept-response.ts'
import { StoredEvent } from '../oracle/stored-event.ts'
import { readList, withReadFrames } from './kept-exchange.ts'

const keptChars = 150
const event = (at: number) => ({ id: `evt_${at}`, type: 'a.b', content: [{ type: 'text', text: '},{' }] })
const list = { data: [event(1), event(2), event(3)], first_id: 'evt_1', last_id: 'evt_3', has_more: false }

test.each([0, 1])('a list shows its text to the letter without holding it (indent %i)', (indent) => {
  const table = new EventTable()
  const exchange = anExchange(JSON.stringify(list, undefined, indent))
  const kept = readList(exchange, table, keptChars).exchange
  expect(kept.response).toBeInstanceOf(KeptResponse)
  expect(JSON.parse(JSON.stringify(kept.response))).toEqual(exchange.response)
  expect(Object.hasOwn(kept.response ?? {}, 'body')).toBe(false)
})

test('the record of a list shows as much of its text as is kept', () => {
  const text = JSON.stringify(list)
  const bodyOf = (most: number) => readList(anExchange(text), new EventTable(), most).record.response?.body
  expect([bodyOf(text.length), bodyOf(keptChars)]).toEqual([text, `${text.slice(0, keptChars)}…`])
})

test('lists that overlap share their events', () => {
  const table = new EventTable()
  const pages = [list, { ...list, data: list.data.slice(1) }].map(
    (body) => readList(anExchange(JSON.stringify(body)), table, keptChars).page,
  )
  const [one, two] = pages.map((page) => (typeof page === 'string' ? [] : page.events))
  expect(two?.[0]).toBe(one?.[1])
  expect(two?.[0]).toBeInstanceOf(StoredEvent)
})

test.each([
  ['fields in another order for each event', { data: [event(1), { type: 'a.b', id: 'evt_2' }] }],
  ['an entry that is no object', { data: [event(1), 7] }],
  ['no event', { data: [] }],
])('a list with %s is read as well', (_what, body) => {
  const text = JSON.stringify(body)
  const { exchange, page } = readList(anExchange(text), new EventTable(), keptChars)
  expect(typeof page === 'string' ? page : page.events.map(({ value }) => value)).toEqual(body.data)
  expect(exchange.response?.body).toBe(text)
})

test('of two fields of one name the last counts', () => {
  const { page } = readList(
    anExchange('{"data":[{"id":"evt_1"}],"data":[{"id":"evt_2"}]}'),
    new EventTable(),
    keptChars,
  )
  expect(typeof page === 'string' ? page : page.events.map(({ id }) => id)).toEqual(['evt_2'])
})

test('what is not a list keeps its body', () => {
  const exchange = anExchange('{"error":1}', { status: 404 })
  expect(readList(exchange, new EventTable(), keptChars).exchange).toBe(exchange)
})

test('the frames of a stream keep their data, and share the event of the list', () => {
  const table = new EventTable()
  const { page } = readList(anExchange(JSON.stringify(list)), table, keptChars)
  const datas = [JSON.stringify(event(2)), '{}', 'no JSON', '[DONE]', '7']
  const frames = datas.map((data) => ({ id: 'evt_2', event: 'a.b', data, atMs: 1 }))
  const stream = { frames, comments: 0, heartbeats: 0, leftover: 0, parseErrors: [], end: 'enough' as const }
  const kept = withReadFrames(anExchange('', { stream }), table)
  const read = kept.stream?.frames ?? []
  expect(read.map(({ id, event, data, atMs }) => ({ id, event, data, atMs }))).toEqual(frames)
  expect(typeof page === 'string' ? undefined : page.events[1]).toBe(
    read[0] && 'seen' in read[0] ? read[0].seen : 0,
  )
})
