import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/json.ts'
import type { Behaviour } from '../../behaviour.ts'
import type { ThreadRequestContext } from '../../request-context.ts'

/** A change of one event; the stored event stays as it is. */
export type EventChange = (event: JsonObject, call: ThreadRequestContext) => JsonValue

/** Changes an event as it is shown, in lists and streams alike. */
export function shown(change: EventChange) {
  return (base: Behaviour): Partial<Behaviour> => ({
    present(call, event) {
      const value = base.present(call, event)
      return isJsonObject(value) ? change(value, call) : value
    },
  })
}

/** Changes an event in lists only. */
export function listed(change: EventChange) {
  return shown((event, call) => (call.stream === true ? event : change(event, call)))
}

/** Changes an event in streams only. */
export function streamed(change: EventChange) {
  return shown((event, call) => (call.stream === true ? change(event, call) : event))
}

/** Changes every text of a JSON value but its field names. */
export function everyText(value: JsonValue, change: (text: string) => JsonValue): JsonValue {
  if (typeof value === 'string') return change(value)
  return everyPart(value, (part) => everyText(part, change))
}

/** Changes every number of a JSON value. */
export function everyNumber(value: JsonValue, change: (number: number) => JsonValue): JsonValue {
  if (typeof value === 'number') return change(value)
  return everyPart(value, (part) => everyNumber(part, change))
}

/** Rebuilds a value from its changed parts; what has none stays. */
export function everyPart(value: JsonValue, change: (part: JsonValue) => JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(change)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, change(part)]))
}

/** The field when it is a text, else an empty text. */
export function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}
