import { isJsonObject } from '../../contract/json.ts'
import type { Frame } from '../../wire/exchange.ts'
import { type EventReader, plainReader } from '../event-table.ts'
import type { SeenFrame } from '../history.ts'
import { KeptFrame } from './kept-frame.ts'

/**
 * Reads the event out of each frame; `seen` is `undefined` if the data is not a JSON object. Keep-alives, errors and the
 * end mark `[DONE]` carry no event and are left out.
 */
export function readFrames(frames: readonly Frame[], reader: EventReader = plainReader): SeenFrame[] {
  return frames.map((frame) => readFrame(frame, reader)).filter(carriesEvent)
}

function carriesEvent(frame: SeenFrame): boolean {
  if (frame.seen?.id !== undefined) return true
  return !isKeepAlive(frame) && frame.event !== 'error' && frame.data !== '[DONE]'
}

/** Whether a frame is a keep-alive: named `heartbeat` or `ping`, and without an event in its data. */
export function isKeepAlive({ event, seen }: SeenFrame): boolean {
  return (event === 'heartbeat' || event === 'ping') && seen?.id === undefined
}

/**
 * As {@link readFrames}, for one frame.
 * @param reader reads the event; without a table by default
 */
export function readFrame(frame: Frame, reader: EventReader = plainReader): KeptFrame {
  if (frame instanceof KeptFrame) return frame
  const seen = reader.fromText(frame.data)
  // What has an id is an object.
  const isObject = seen !== undefined && (seen.id !== undefined || isJsonObject(seen.value))
  return new KeptFrame(frame, isObject ? seen : undefined)
}

/** The id of the event that a frame carries: its own, or the frame's if the data has none. */
export function frameId(frame: SeenFrame): string {
  return frame.seen?.id ?? frame.id ?? '(no id)'
}
