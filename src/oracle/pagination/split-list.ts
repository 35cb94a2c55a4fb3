import { detachedText } from '../../contract/detached-text.ts'
import { isJsonObject, type JsonObject, parseJson } from '../../contract/json.ts'

/** The text of a list around its events. */
export interface ListFrame {
  readonly before: string
  readonly between: string
  readonly after: string
}

/** The text of a list, split into the events and the object around them. */
export interface SplitList {
  /** The fields of the list, with an empty `data`. */
  readonly envelope: JsonObject
  /** The texts between the commas of `data`. The list is JSON where each of them is. */
  readonly items: readonly string[]
  /** What is before the first event, between two of them and after the last one. */
  readonly frame: ListFrame
}

/** Up to the first field of the first event, with the white space that JSON knows. */
const opening = /"data"[ \t\n\r]*:[ \t\n\r]*\[([ \t\n\r]*)(\{[ \t\n\r]*"[^"\\]*"[ \t\n\r]*:)/
const trailingSpace = /[ \t\n\r]+$/

/** Replaces the events while the rest of the list is parsed. */
const placeholder = 'events of the list'

/**
 * Splits the text of a list without parsing its events, so that known events need not be parsed again. It splits where
 * one event would end and another would begin with the same field as the first. The split is right if every item is JSON.
 * @returns `undefined` if the text is no such list
 */
export function splitList(text: string): SplitList | undefined {
  const match = opening.exec(text)
  if (match === null) return undefined
  const [all, space = '', first = ''] = match
  const from = match.index + all.length - first.length
  const close = text.lastIndexOf(']')
  const between = `,${space}`
  const boundary = `}${between}${first}`
  const items: string[] = []
  let at = from
  for (let next = text.indexOf(boundary, at); next !== -1; next = text.indexOf(boundary, at)) {
    items.push(text.slice(at, next + 1))
    at = next + 1 + between.length
  }
  if (close < at) return undefined
  const last = text.slice(at, close).replace(trailingSpace, '')
  items.push(last)
  const before = text.slice(0, from)
  const after = text.slice(at + last.length)
  const rest = parseJson(`${before}"${placeholder}"${after}`)
  if (!isJsonObject(rest) || !Array.isArray(rest.data)) return undefined
  // The first list in the text may be another, deeper one.
  if (rest.data.length !== 1 || rest.data[0] !== placeholder) return undefined
  const frame = { before: detachedText(before), between, after: detachedText(after) }
  return { envelope: { ...rest, data: [] }, items, frame }
}
