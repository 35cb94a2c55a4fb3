import type { Frame } from '../../wire/exchange.ts'
import type { EventReader } from '../event-table.ts'
import type { KeptFrame } from './kept-frame.ts'
import { readFrame } from './read-frames.ts'

/** Reads the frames of one stream while it grows, each once. */
export class FrameReading {
  readonly #reader: EventReader
  readonly #read: KeptFrame[] = []
  #first: Frame | undefined

  constructor(reader: EventReader) {
    this.#reader = reader
  }

  /**
   * The frames as they were read.
   * @param frames all frames of the stream so far; those that were redacted since are read again
   */
  of(frames: readonly Frame[]): readonly KeptFrame[] {
    const redacted = frames[0] !== this.#first
    this.#first = frames[0]
    const known = redacted ? 0 : this.#read.length
    this.#read.length = known
    for (const frame of frames.slice(known)) this.#read.push(readFrame(frame, this.#reader))
    return this.#read
  }
}
