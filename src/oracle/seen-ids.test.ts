import { expect, test } from 'vitest'
import { isKnown, knownEvents } from './event.ts'
import { EventTable } from './event-table.ts'
import { SeenIds } from './seen-ids.ts'

test('an id is new once, however many there are', () => {
  const table = new EventTable()
  const ids = new SeenIds()
  const events = Array.from({ length: 20_000 }, (_, at) => table.fromValue({ id: `evt_${at}` })).filter(
    isKnown,
  )
  expect(events.filter((event) => ids.add(event))).toHaveLength(20_000)
  expect(events.filter((event) => ids.add(event))).toEqual([])
})

test('two texts of one id share it, wherever the id stands in the text', () => {
  const table = new EventTable()
  const ids = new SeenIds()
  const texts = [
    '{"in":{"id":"evt_2"},"id":"evt_1"}',
    '{"id":"evt_1"}',
    '{"id":"evt_1","n":1}',
    '{"id":"evt_2"}',
  ]
  const events = texts.flatMap((text) => table.fromText(text) ?? []).filter(isKnown)
  expect(events.map((event) => ids.add(event))).toEqual([true, false, false, true])
})

test('events without a table are known by their ids', () => {
  const ids = new SeenIds()
  const events = knownEvents([{ id: 'evt_1' }, { id: 'evt_2' }, { id: 'evt_1' }])
  expect(events.map((event) => ids.add(event))).toEqual([true, true, false])
})
