import { isJsonObject, parseJson } from '../contract/json.ts'
import type { Frame } from '../wire/exchange.ts'
import { seenEvent } from './event.ts'
import type { SeenFrame } from './history.ts'

/** Reads the event out of each frame; `seen` is `undefined` where the data is no JSON object. */
export function readFrames(frames: readonly Frame[]): SeenFrame[] {
  return frames.map(readFrame)
}

/** As {@link readFrames}, for one frame. */
export function readFrame({ id, event, data }: Frame): SeenFrame {
  const value = parseJson(data)
  return { id, event, data, seen: isJsonObject(value) ? seenEvent(value) : undefined }
}

/** The id of the event that a frame carries: its own, or the frame's where the data does not tell. */
export function frameId(frame: SeenFrame): string {
  return frame.seen?.id ?? frame.id ?? '(no id)'
}
