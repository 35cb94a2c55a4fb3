import type { EventReader } from '../oracle/event-table.ts'
import { listText } from '../oracle/pagination/list-text.ts'
import { type Page, readPage } from '../oracle/pagination/page.ts'
import { readFrame } from '../oracle/stream/read-frames.ts'
import type { Exchange, WireResponse } from '../wire/exchange.ts'
import { shortened } from '../wire/exchange-record.ts'

/** A list as it was read, with its exchange. */
export interface ReadList {
  readonly exchange: Exchange
  readonly page: Page | string
}

/** Reads a list. Its exchange is complete, but refers to the events instead of holding their text where possible. */
export function readList(exchange: Exchange, reader: EventReader): ReadList {
  const page = readPage(exchange, reader)
  const { response } = exchange
  const text = typeof page === 'string' ? undefined : listText(page)
  if (response === undefined || text === undefined) return { exchange, page }
  return { exchange: { ...exchange, response: withText(response, text) }, page }
}

/** The exchange of a list for the record. Its body is put together and truncated on access. */
export function recordOf({ exchange, page }: ReadList, keptChars: number): Exchange {
  const { response } = exchange
  const text = typeof page === 'string' ? undefined : listText(page)
  if (response === undefined || text === undefined) return shortened(exchange, keptChars)
  const cut = () => {
    const whole = text()
    return whole.length <= keptChars ? whole : `${whole.slice(0, keptChars)}…`
  }
  return { ...exchange, response: withText(response, cut) }
}

/** The exchange with its frames read. Frames that were redacted are read again. */
export function withReadFrames(exchange: Exchange, reader: EventReader): Exchange {
  const { stream } = exchange
  if (stream === undefined) return exchange
  return {
    ...exchange,
    stream: { ...stream, frames: stream.frames.map((frame) => readFrame(frame, reader)) },
  }
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
