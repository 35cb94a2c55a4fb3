import { StringDecoder } from 'node:string_decoder'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import type { Frame } from './exchange.ts'

/** How many different complaints about a stream are kept. */
const keptErrors = 20

/** What has been read of an event stream so far. */
export interface SseReader {
  readonly frames: readonly Frame[]
  readonly comments: number
  readonly heartbeats: number
  /** What the parser did not understand, each complaint once. */
  readonly parseErrors: readonly string[]
  /** The last reconnection time of the stream, in milliseconds. */
  readonly retryField: number | undefined
  /** Whether a line ended in CR without LF. */
  readonly loneCr: boolean
  /** Whether a bound was passed; nothing is read from then on. */
  readonly tooLarge: boolean
  /** Characters of an unfinished event. Comments do not start one. */
  leftover(): number
  /** Whether the unfinished event has the fields of several events, since no blank line ended the first. */
  unseparated(): boolean
  /** Takes the next bytes; `atMs` is their time since the request was sent. Returns the frames they ended. */
  feed(bytes: Uint8Array, atMs: number): readonly Frame[]
}

/**
 * Reads an event stream from bytes that may be cut anywhere (WHATWG HTML, 9.2.6).
 * @param maxFrameChars the longest frame that is taken in
 * @param maxFrames the most frames that are taken in
 * @param keep returns what is kept in place of a frame
 * @param inspect called with the text of one or more whole events, comments included
 */
export function createSseReader(
  maxFrameChars: number,
  maxFrames: number,
  keep: (frame: Frame) => Frame = (frame) => frame,
  inspect: (text: string) => void = () => undefined,
): SseReader {
  // Text in ASCII takes a byte for each character; `TextDecoder` would give it two.
  const decoder = new StringDecoder('utf8')
  let isFirst = true
  const unify = lineEnds(() => {
    state.loneCr = true
  })
  const frames: Frame[] = []
  const errors = new Set<string>()
  const state = {
    comments: 0,
    heartbeats: 0,
    tooLarge: false,
    unfinished: '',
    atLineStart: true,
    loneCr: false,
    atMs: 0,
  }
  let retryField: number | undefined
  const parser = createParser({
    maxBufferSize: maxFrameChars,
    onEvent: take,
    onComment: () => {
      state.comments += 1
    },
    onRetry: (ms) => {
      retryField = ms
    },
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') state.tooLarge = true
      else if (errors.size < keptErrors) errors.add(error.message.slice(0, 200))
    },
  })

  function take({ id, event, data }: EventSourceMessage): void {
    if (event === 'heartbeat' && id === undefined) state.heartbeats += 1
    else if (frames.length < maxFrames) frames.push(keep({ id, event, data, atMs: state.atMs }))
    else state.tooLarge = true
  }

  function decode(bytes: Uint8Array): string {
    const text = decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    if (!isFirst || text === '') return text
    isFirst = false
    return text.replace(/^\uFEFF/, '')
  }

  function keepUnfinished(text: string): void {
    const blank = text.lastIndexOf('\n\n')
    const end = blank !== -1 ? blank + 2 : state.atLineStart && text.startsWith('\n') ? 1 : 0
    // Only the first event is joined: a copy of all of them would take longer than the inspection.
    const first = blank === -1 ? end : text.indexOf('\n\n') + 2
    if (end > 0) inspect(state.unfinished + text.slice(0, first))
    if (end > first) inspect(text.slice(first, end))
    state.unfinished = end > 0 ? text.slice(end) : state.unfinished + text
    state.atLineStart = text.endsWith('\n')
  }

  return {
    frames,
    get comments() {
      return state.comments
    },
    get heartbeats() {
      return state.heartbeats
    },
    get parseErrors() {
      return [...errors]
    },
    get retryField() {
      return retryField
    },
    get loneCr() {
      return state.loneCr
    },
    get tooLarge() {
      return state.tooLarge
    },
    leftover() {
      const lines = state.unfinished.split('\n')
      return lines.some((line) => line !== '' && !/^(?::|retry:)/.test(line)) ? state.unfinished.length : 0
    },
    unseparated() {
      const lines = (field: RegExp) => state.unfinished.match(field)?.length ?? 0
      const ids = lines(/^id:/gm)
      return ids > 1 || (ids === 0 && lines(/^event:/gm) > 1)
    },
    feed(bytes, atMs) {
      if (state.tooLarge) return []
      const before = frames.length
      const text = unify(decode(bytes))
      state.atMs = atMs
      if (text === '') return []
      parser.feed(text)
      keepUnfinished(text)
      return frames.slice(before)
    },
  }
}

// The parser holds a CR at the end of a chunk back until it has seen whether an LF follows, so the last frame
// of a stream that uses CR alone would never be dispatched. A CR ends a line at once, and an LF right after it does not.
function lineEnds(onLoneCr: () => void): (text: string) => string {
  let afterCr = false
  return (text) => {
    if (text === '') return text
    const rest = afterCr && text.startsWith('\n') ? text.slice(1) : text
    if (afterCr && rest === text) onLoneCr()
    afterCr = text.endsWith('\r')
    // Most streams have none, and the search for one character is the fastest.
    if (!rest.includes('\r')) return rest
    if (/\r(?!\n|$)/.test(rest)) onLoneCr()
    return rest.replace(/\r\n?/g, '\n')
  }
}
