import { expect, test } from 'vitest'
import { anExchange, aStream, aThread } from '../history-fixture.ts'
import { headerValues, mediaType } from '../media-type.ts'
import { idsOf, readPage } from './page.ts'

const failure = { kind: 'timeout', message: 'no response within 5 ms' } as const

test.for([
  [anExchange('', { response: undefined, failure }), 'no response within 5 ms'],
  [aStream(aThread([]), []).exchange, 'got an event stream'],
  [anExchange({ data: [] }, { status: 404 }), 'got 404'],
  [anExchange('<html>', { type: 'text/html' }), 'got a body that is not JSON (text/html)'],
  [anExchange([]), 'got JSON that is not an object'],
  [anExchange({ data: null }), 'got an object without a `data` array'],
] as const)('describes what was returned instead of a list (%#)', ([exchange, clause]) => {
  expect(readPage(exchange)).toBe(clause)
})

test('a page is read as far as it can be', () => {
  const page = readPage(anExchange({ data: [{ id: 'evt_1', type: 5 }, 'x', { id: 7 }], has_more: 'yes' }))
  if (typeof page === 'string') throw new Error(page)
  expect(idsOf(page.events)).toEqual(['evt_1', '(no id)', '(no id)'])
  expect(page).toMatchObject({ firstId: undefined, hasMore: 'yes' })
  expect(page.events[0]).toMatchObject({ type: undefined, thread: undefined })
})

test('inherited properties are not fields of an event', () => {
  const page = readPage(anExchange('{"data":[{"__proto__":{"id":"evt_x"}}]}'))
  expect(typeof page === 'string' ? page : idsOf(page.events)).toEqual(['(no id)'])
})

test('reads the media type without case and parameters, and rejects two of them', () => {
  const typed = (...values: string[]) => ({
    status: 200,
    headers: values.map((value) => ['Content-Type', value] as const),
    body: '',
    bytes: 0,
    utf8: true,
    truncated: false,
  })
  expect(mediaType(typed('Text/Event-Stream ; charset=utf-8'))).toBe('text/event-stream')
  expect(mediaType(typed('application/json', 'text/plain'))).toBeUndefined()
  expect(mediaType(typed())).toBeUndefined()
  expect(headerValues(typed('a', 'b'), 'content-TYPE')).toEqual(['a', 'b'])
})
