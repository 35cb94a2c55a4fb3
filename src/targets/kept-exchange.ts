import type { EventReader } from '../oracle/event-table.ts'
import { listText } from '../oracle/pagination/list-text.ts'
import { type Page, readPage } from '../oracle/pagination/page.ts'
import type { KeptFrame } from '../oracle/stream/kept-frame.ts'
import type { Exchange, WireResponse } from '../wire/exchange.ts'

/** A list as it was read, with its exchange. */
export interface ReadList {
  readonly exchange: Exchange
  readonly page: Page | string
}

/** Reads a list. Its exchange loses nothing, and holds its events in place of their text where that is possible. */
export function readList(exchange: Exchange, reader: EventReader): ReadList {
  const page = readPage(exchange, reader)
  const { response } = exchange
  const text = typeof page === 'string' ? undefined : listText(page)
  if (response === undefined || text === undefined) return { exchange, page }
  return { exchange: { ...exchange, response: withText(response, text) }, page }
}

/** The exchange of a stream with the frames as they were read. */
export function withFrames(exchange: Exchange, frames: readonly KeptFrame[]): Exchange {
  return exchange.stream === undefined ? exchange : { ...exchange, stream: { ...exchange.stream, frames } }
}

function withText(
  { status, headers, bytes, utf8, truncated }: WireResponse,
  text: () => string,
): WireResponse {
  return {
    status,
    headers,
    bytes,
    utf8,
    truncated,
    get body() {
      return text()
    },
  }
}
