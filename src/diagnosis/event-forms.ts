import type { JsonValue } from '../contract/json.ts'
import type { Exchange } from '../wire/exchange.ts'

/** The ways of reading a thread. A bug of one of them shows there only. */
export type RequestMode = 'stream' | 'filter' | 'cursor' | 'descending' | 'plain'

/** The way in which a request reads a thread. */
export function modeOf({ request: { target }, stream }: Exchange): RequestMode {
  if (stream !== undefined) return 'stream'
  if (/[?&]types?(\[\]|%5B%5D)?=/i.test(target)) return 'filter'
  if (/[?&](after|before)_id=/.test(target)) return 'cursor'
  return /[?&]order=desc/.test(target) ? 'descending' : 'plain'
}

/**
 * The form of an event that most modes of requests show. Of forms that are shown nearly as widely the longest, since bugs
 * lose more often than they add. A form with texts cut off is not the event's own. A form with damaged characters counts
 * only where there is no other.
 * @param forms by the number of its value, the modes that showed a form
 */
export function mostWidespread(
  forms: ReadonlyMap<number, ReadonlySet<RequestMode>>,
  values: readonly JsonValue[],
): number | undefined {
  const uncut = [...forms].filter(
    ([form]) => ![...forms.keys()].some((other) => isCut(values[form], values[other])),
  )
  const whole = uncut.filter(([form]) => !isDamaged(values[form]))
  const all = whole.length > 0 ? whole : [...forms]
  const most = Math.max(...all.map(([, modes]) => modes.size))
  const length = (form: number) => JSON.stringify(values[form] ?? null).length
  const [best] = all
    .filter(([, modes]) => modes.size >= most / 2)
    .map(([form]) => form)
    .sort((a, b) => length(b) - length(a))
  return best
}

/** Shorter texts that begin alike may be edits. */
const leastText = 100

/** Whether a value is another one with long texts cut off at their end. */
function isCut(value: JsonValue | undefined, other: JsonValue | undefined): boolean {
  const isEqual = (a: JsonValue | undefined, b: JsonValue | undefined) =>
    JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
  if (isEqual(value, other)) return false
  if (typeof value === 'string' && typeof other === 'string')
    return value.length >= leastText && other.startsWith(value)
  if (typeof value !== 'object' || value === null || typeof other !== 'object' || other === null) return false
  const [own, whole] = [Object.entries(value), new Map(Object.entries(other))]
  return (
    own.length === whole.size &&
    own.every(([name, field]) => isEqual(field, whole.get(name)) || isCut(field, whole.get(name)))
  )
}

/** Whether a text was not valid UTF-8: what could not be decoded was read as a replacement character. */
function isDamaged(value: JsonValue | undefined): boolean {
  return JSON.stringify(value ?? null).includes('\ufffd')
}
