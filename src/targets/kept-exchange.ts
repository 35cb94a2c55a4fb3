import type { EventReader } from '../oracle/event-table.ts'
import { KeptResponse } from '../oracle/pagination/kept-response.ts'
import { knowsText } from '../oracle/pagination/list-text.ts'
import { type Page, readPage } from '../oracle/pagination/page.ts'
import { readFrame } from '../oracle/stream/read-frames.ts'
import type { Exchange } from '../wire/exchange.ts'
import { shortened } from '../wire/exchange-record.ts'

/** A list as it was read, with its exchange. */
export interface ReadList {
  /** The exchange with its whole body, which refers to the events instead of holding their text where possible. */
  readonly exchange: Exchange
  /** The exchange for the record, with a long body truncated. */
  readonly record: Exchange
  readonly page: Page | string
}

/** Reads a list. */
export function readList(exchange: Exchange, reader: EventReader, keptChars: number): ReadList {
  const page = readPage(exchange, reader)
  const { response } = exchange
  if (response === undefined || typeof page === 'string' || !knowsText(page))
    return { exchange, record: shortened(exchange, keptChars), page }
  const whole = { ...exchange, response: new KeptResponse(response, page) }
  if (response.body.length <= keptChars) return { exchange: whole, record: whole, page }
  return {
    exchange: whole,
    record: { ...exchange, response: new KeptResponse(response, page, keptChars) },
    page,
  }
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
