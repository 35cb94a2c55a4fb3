import { isJsonObject, parseJson } from '../../contract/json.ts'
import type { EventReading } from '../../contract/revisions/revision.ts'
import type { Frame } from '../../wire/exchange.ts'
import { seenEvent } from '../event.ts'
import type { SeenFrame } from '../history.ts'

/**
 * Reads the event out of each frame; `seen` is `undefined` if the data is not a JSON object. Keep-alives, errors and the
 * end mark `[DONE]` carry no event and are left out.
 */
export function readFrames(frames: readonly Frame[], reading?: EventReading): SeenFrame[] {
  return frames
    .filter((frame) => frame.data !== '[DONE]')
    .flatMap((frame) => {
      const read = readFrame(frame, reading)
      return isKeepAlive(read) || (frame.event === 'error' && read.seen?.id === undefined) ? [] : [read]
    })
}

/** Whether a frame is a keep-alive: named `heartbeat` or `ping`, and without an event in its data. */
export function isKeepAlive({ event, seen }: SeenFrame): boolean {
  return (event === 'heartbeat' || event === 'ping') && seen?.id === undefined
}

/** As {@link readFrames}, for one frame. */
export function readFrame({ id, event, data }: Frame, reading?: EventReading): SeenFrame {
  const value = parseJson(data)
  return { id, event, data, seen: isJsonObject(value) ? seenEvent(value, reading) : undefined }
}

/** The id of the event that a frame carries: its own, or the frame's if the data has none. */
export function frameId(frame: SeenFrame): string {
  return frame.seen?.id ?? frame.id ?? '(no id)'
}
