import { createParser, type EventSourceMessage } from 'eventsource-parser'
import type { Frame } from './exchange.ts'

/** What has been read of an event stream so far. */
export interface SseReader {
  readonly frames: Frame[]
  comments: number
  heartbeats: number
  /** Characters since the last finished frame. */
  leftover: number
  /** Whether a frame grew beyond the bound; nothing is read from then on. */
  tooLarge: boolean
  /** Takes the next bytes; `atMs` is their time since the request was sent. Returns how many frames came. */
  feed(bytes: Uint8Array, atMs: number): number
}

/**
 * Reads an event stream from bytes that may be cut anywhere (WHATWG HTML, 9.2.6).
 * @param maxFrameChars the longest frame that is taken in
 */
export function createSseReader(maxFrameChars: number): SseReader {
  const decoder = new TextDecoder()
  const unify = lineEnds()
  let atMs = 0
  let afterLineEnd = false
  const parser = createParser({
    maxBufferSize: maxFrameChars,
    onEvent: take,
    onComment: () => {
      reader.comments += 1
    },
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') reader.tooLarge = true
    },
  })
  function take(message: EventSourceMessage): void {
    const { id, event, data } = message
    if (event === 'heartbeat' && id === undefined) reader.heartbeats += 1
    else reader.frames.push({ id, event, data, atMs })
  }
  function countLeftover(text: string): void {
    const end = text.lastIndexOf('\n\n')
    if (end !== -1) reader.leftover = text.length - end - 2
    else if (afterLineEnd && text.startsWith('\n')) reader.leftover = text.length - 1
    else reader.leftover += text.length
    afterLineEnd = text.endsWith('\n')
  }
  const reader: SseReader = {
    frames: [],
    comments: 0,
    heartbeats: 0,
    leftover: 0,
    tooLarge: false,
    feed(bytes, now) {
      if (reader.tooLarge) return 0
      const before = reader.frames.length
      const text = unify(decoder.decode(bytes, { stream: true }))
      atMs = now
      if (text === '') return 0
      parser.feed(text)
      countLeftover(text)
      return reader.frames.length - before
    },
  }
  return reader
}

// The parser holds a CR at the end of a chunk back until it has seen whether an LF follows, so the last frame
// of a stream that uses CR alone would never come. A CR is a line end at once; an LF right after it is none.
function lineEnds(): (text: string) => string {
  let afterCr = false
  return (text) => {
    if (text === '') return text
    const rest = afterCr && text.startsWith('\n') ? text.slice(1) : text
    afterCr = text.endsWith('\r')
    return rest.includes('\r') ? rest.replace(/\r\n?/g, '\n') : rest
  }
}
