import { expect, test } from 'vitest'
import { EventTable } from '../event-table.ts'
import { anExchange } from '../history-fixture.ts'
import { KeptResponse } from './kept-response.ts'
import { readPage } from './page.ts'

test('is written to a record with its body', () => {
  const exchange = anExchange('{ "data": [ {"id":"evt_1"}, {"id":"evt_2"} ], "has_more": false }')
  const page = readPage(exchange, new EventTable())
  if (typeof page === 'string' || exchange.response === undefined) throw new Error('The list was not read.')
  const written = JSON.stringify(new KeptResponse(exchange.response, page))
  expect(JSON.parse(written)).toEqual(exchange.response)
})
