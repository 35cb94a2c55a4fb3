import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../contract/json.ts'
import { type Departures, type HandmadeWorld, handmadeWorld } from './handmade-server-fixture.ts'
import { judgeHandmade } from './judge-handmade-fixture.ts'

const only = ['event', 'PAG-08', 'PAG-09', 'PAG-11', 'PAG-14', 'ISO-03', 'SSE-07', 'INP-02']

async function verdicts(world: HandmadeWorld, departures: Departures) {
  const { outcomes } = await judgeHandmade(world, { listRoutes: 20, ...departures }, { only, runs: 0 })
  return Object.fromEntries(outcomes.map(({ id, verdict }) => [id, verdict]))
}

function without(fields: readonly string[]): HandmadeWorld {
  const kept = (event: JsonObject) =>
    Object.fromEntries(Object.entries(event).filter(([name]) => !fields.includes(name)))
  return Object.fromEntries(
    Object.entries(handmadeWorld(144)).map(([session, threads]) => [
      session,
      Object.fromEntries(Object.entries(threads).map(([id, events]) => [id, events.map(kept)])),
    ]),
  )
}

describe('a field that no event has', () => {
  test('passes no requirement on its form', async () => {
    const found = await verdicts(without(['session_id', 'session_thread_id', 'created_at']), {})
    expect(found).toMatchObject({
      'EVT-01': 'fail',
      'EVT-02': 'pass',
      'EVT-03': 'inconclusive',
      'EVT-04': 'inconclusive',
      'EVT-05': 'inconclusive',
      'EVT-07': 'inconclusive',
    })
  })
})

describe('a server that refuses a parameter with any value', () => {
  test('passes nothing for refusing wrong cursors', async () => {
    expect(await verdicts(handmadeWorld(144), { cursors: 'refused' })).toMatchObject({
      'PAG-08': 'inconclusive',
      'PAG-11': 'inconclusive',
      'PAG-14': 'inconclusive',
      'ISO-03': 'inconclusive',
      'PAG-09': 'pass',
    })
  })

  test('passes nothing for refusing wrong limits and orders', async () => {
    expect(await verdicts(handmadeWorld(60), { limit: 'refused', order: 'refused' })).toMatchObject({
      'PAG-09': 'inconclusive',
      'INP-02': 'inconclusive',
    })
  })
})

test('a server that ignores every cursor is not judged by wrong ones', async () => {
  expect(await verdicts(handmadeWorld(60), { cursors: 'ignored' })).toMatchObject({
    'PAG-11': 'inconclusive',
    'PAG-14': 'inconclusive',
    'ISO-03': 'inconclusive',
  })
})

test('a right server passes all of these', async () => {
  expect(await verdicts(handmadeWorld(60), {})).toMatchObject({
    'EVT-03': 'pass',
    'PAG-08': 'pass',
    'PAG-11': 'pass',
    'PAG-14': 'pass',
    'ISO-03': 'pass',
    'SSE-07': 'pass',
  })
})
