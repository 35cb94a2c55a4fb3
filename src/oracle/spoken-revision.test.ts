import { expect, test } from 'vitest'
import type { JsonObject } from '../contract/json.ts'
import { revision202607 } from '../contract/revisions/2026-07.ts'
import { defaultRevision } from '../contract/revisions/index.ts'
import { aList, aThread } from './history-fixture.ts'
import { readPage } from './pagination/page.ts'
import { revisionAdvice, spokenRevision } from './spoken-revision.ts'

const june = {
  id: 'evt_1',
  type: 'agent.message',
  session_id: 'sess_1',
  session_thread_id: 'sthr_1',
  created_at: '2026-06-15T08:01:00Z',
}
const july = { id: 'evt_1', type: 'agent.message', processed_at: '2026-06-15T08:01:00Z' }

function listOf(event: JsonObject, more: JsonObject = {}) {
  const list = aList(aThread([]), {}, [])
  const body = JSON.stringify({
    data: [event],
    first_id: 'evt_1',
    last_id: 'evt_1',
    has_more: false,
    ...more,
  })
  const { response } = list.exchange
  if (response === undefined) throw new Error('The fixture has a response.')
  const exchange = { ...list.exchange, response: { ...response, body } }
  return { ...list, exchange, page: readPage(exchange) }
}

const nameOf = (...lists: ReturnType<typeof listOf>[]) => ({
  askedForJune: spokenRevision(lists, defaultRevision)?.name,
  askedForJuly: spokenRevision(lists, revision202607)?.name,
})

test('recognises a server of the other revision', () => {
  expect(nameOf(listOf(june))).toEqual({ askedForJune: undefined, askedForJuly: '2026-06' })
  expect(nameOf(listOf(july, { next_page: null }))).toEqual({
    askedForJune: '2026-07',
    askedForJuly: undefined,
  })
})

test('nothing is reported where the responses fit both revisions, or neither', () => {
  const both = listOf({ ...june, processed_at: null }, { next_page: null })
  expect(nameOf(both)).toEqual({ askedForJune: undefined, askedForJuly: undefined })
  expect(nameOf(listOf({ id: 'evt_1' }))).toEqual({ askedForJune: undefined, askedForJuly: undefined })
  expect(nameOf()).toEqual({ askedForJune: undefined, askedForJuly: undefined })
})

test('the advice says what is wrong and names the option to set', () => {
  const text = revisionAdvice('2026-07', '2026-06')
  expect(text).toContain('--revision 2026-07')
  expect(text.match(/\.(\s|$)/g)).toHaveLength(2)
})
