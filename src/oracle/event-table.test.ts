import { expect, test } from 'vitest'
import { sameValue } from './event.ts'
import { EventTable } from './event-table.ts'

const text = '{"id":"evt_1","type":"a.b","session_id":"s","session_thread_id":"t","created_at":"c","n":1}'

test('the same text is the same event', () => {
  const table = new EventTable()
  const event = table.fromText(text)
  expect(table.fromText(text)).toBe(event)
  expect(event).toMatchObject({ id: 'evt_1', type: 'a.b', session: 's', thread: 't', createdAt: 'c' })
  expect(event?.value).toEqual(JSON.parse(text))
})

test('key order, white space and the spelling of a number make another text of the same value', () => {
  const table = new EventTable()
  const event = table.fromText(text)
  const texts = [`{"n": 1, ${text.slice(1, -7)}}`, text.replace('"n":1', '"n":1.0')]
  for (const one of texts) {
    const other = table.fromText(one)
    expect(other).toMatchObject({ text: one })
    expect(other?.original).toBe(event)
    expect(table.fromText(one)).toBe(other)
  }
})

test('repeated events are recognized in order and in reverse, and a changed one among them is not', () => {
  const table = new EventTable()
  const texts = Array.from({ length: 6 }, (_, at) => text.replace('evt_1', `evt_${at}`))
  const events = texts.map((one) => table.fromText(one))
  expect(texts.map((one) => table.fromText(one))).toEqual(events)
  expect(texts.toReversed().map((one) => table.fromText(one))).toEqual(events.toReversed())
  const changed = texts.map((one, at) => (at === 3 ? one.replace('"n":1', '"n":2') : one))
  const again = changed.map((one) => table.fromText(one))
  expect(again.map((event, at) => event === events[at])).toEqual([true, true, true, false, true, true])
  expect(again[3]?.idNumber).toBe(events[3]?.idNumber)
})

test('events without an id are recognized by their text, also between others', () => {
  const table = new EventTable()
  const texts = ['{"n":1}', text, '{"id":7,"n":2}', text.replace('"n":1', '"n":2'), '{"n":2}']
  const events = texts.map((one) => table.fromText(one))
  expect(new Set(events).size).toBe(5)
  expect(events.map((event) => event?.idNumber)).toEqual([undefined, 0, undefined, 0, undefined])
  for (const order of [texts, texts.toReversed(), [...texts.slice(2), ...texts]])
    for (const one of order) expect(table.fromText(one)).toBe(events[texts.indexOf(one)])
})

test('numbers are compared to the last digit', () => {
  const table = new EventTable()
  const [one, two] = ['9007199254740993', '9007199254740992'].map((n) =>
    table.fromText(text.replace('"n":1', `"n":${n}`)),
  )
  if (one === undefined || two === undefined) throw new Error('An event was not read.')
  expect([one.original === two.original, sameValue(one, two)]).toEqual([false, false])
})

test('two values under one id are two events, and each is found again', () => {
  const table = new EventTable()
  const changed = text.replace('"n":1', '"n":2')
  const [one, two] = [table.fromText(text), table.fromText(changed)]
  expect(two).not.toBe(one)
  expect([table.fromText(text), table.fromText(changed)]).toEqual([one, two])
  expect([one?.value, two?.value]).toEqual([JSON.parse(text), JSON.parse(changed)])
})

test('an id that is not the first one in the text finds the event', () => {
  const table = new EventTable()
  const nested = `{"agent":{"id":"evt_inner"},${text.slice(1)}`
  const other = nested.replace('"id":"evt_1"', '"id":"evt_2"')
  expect([table.fromText(nested)?.id, table.fromText(other)?.id]).toEqual(['evt_1', 'evt_2'])
  expect(table.fromText(nested)?.id).toBe('evt_1')
})

test('text that is not JSON has no event, and a value that is not an object has no id', () => {
  const table = new EventTable()
  expect(table.fromText('{"id":"evt_1"')).toBeUndefined()
  expect(table.fromText('null')).toMatchObject({ id: undefined, value: null })
  expect(table.fromValue(7)).toMatchObject({ id: undefined, value: 7 })
})

test('finds the event by its value', () => {
  const table = new EventTable()
  expect(table.fromValue(JSON.parse(text))).toBe(table.fromText(text))
})

test('the values of a long thread are parsed again', () => {
  const table = new EventTable()
  const texts = Array.from({ length: 3_000 }, (_, at) => text.replace('evt_1', `evt_${at}`))
  const events = texts.map((one) => table.fromText(one))
  expect(events.map((event) => event?.value)).toEqual(texts.map((one) => JSON.parse(one)))
})
