import { expect, test } from 'vitest'
import { eventWithId, firstEvents, positionOf } from './events-by-id.ts'
import { five, fiveEvents, one, three, two } from './history-fixture.ts'

test('the beginning of a thread has the positions of the whole', () => {
  const first = firstEvents(fiveEvents, 3)
  const positions = fiveEvents.map(({ id }) => positionOf({ events: first }, id))
  expect(positions).toEqual([0, 1, 2, undefined, undefined])
  expect(eventWithId({ events: first }, two.id)).toBe(two)
  expect(positionOf({ events: first }, 'evt_unknown')).toBeUndefined()
})

test('an event that is inserted later does not move those of an earlier beginning', () => {
  const events = [one, two, three]
  const first = firstEvents(events, 2)
  events.splice(1, 0, five)
  expect(positionOf({ events: first }, two.id)).toBe(1)
})
