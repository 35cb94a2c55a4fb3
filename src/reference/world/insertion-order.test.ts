import { expect, test } from 'vitest'
import { instantKey } from '../store/instant-key.ts'
import { defaultWorld } from './default-world.ts'
import { inInsertionOrder } from './insertion-order.ts'

const [before] = defaultWorld().sessions[0]?.threads ?? []
const [after] = inInsertionOrder(defaultWorld()).sessions[0]?.threads ?? []
const key = (text: string) => instantKey(text) ?? ''

test('some neighbours arrive the other way round, some of them within one millisecond', () => {
  expect(after?.events).not.toEqual(before?.events)
  const inverted = (after?.events ?? []).filter((event, at, all) => {
    const next = all[at + 1]
    return next !== undefined && key(event.created_at) > key(next.created_at)
  })
  const close = inverted.filter((event) => {
    const next = after?.events[(after.events.indexOf(event) ?? 0) + 1]
    return Date.parse(event.created_at) === Date.parse(next?.created_at ?? '')
  })
  expect(close.length).toBeGreaterThan(0)
})

test('a stable sort by time restores the world', () => {
  const sorted = (after?.events ?? []).toSorted((a, b) => {
    const [left, right] = [key(a.created_at), key(b.created_at)]
    return left < right ? -1 : left > right ? 1 : 0
  })
  expect(sorted).toEqual(before?.events)
})
