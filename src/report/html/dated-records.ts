import { parseJson, stringField } from '../../contract/json.ts'
import type { ReportedExchange } from '../model.ts'

/** A record as far as a time line needs it. */
export interface DatedRecord {
  readonly id: string
  readonly createdAt: string
}

/** The records of an exchange in their order, as far as its text is kept: its end may be cut off. */
export function datedRecords({ body, frames }: ReportedExchange): readonly DatedRecord[] {
  const texts =
    frames === null ? objectsIn(body.slice(body.indexOf('[') + 1)) : frames.map(({ data }) => data)
  return texts.flatMap((text) => {
    const value = parseJson(text)
    const id = stringField(value, 'id')
    const createdAt = stringField(value, 'created_at')
    return id === undefined || createdAt === undefined ? [] : [{ id, createdAt }]
  })
}

// A text that was cut is no JSON any more, but the objects before the cut are whole.
function objectsIn(text: string): string[] {
  const objects: string[] = []
  let depth = 0
  let from = 0
  for (const { 0: token, index } of text.matchAll(/"(?:\\.|[^"\\])*"?|[{}]|\]/gs)) {
    if (token === '{') {
      if (depth === 0) from = index
      depth += 1
    } else if (token === '}') {
      depth -= 1
      if (depth === 0) objects.push(text.slice(from, index + 1))
    } else if (token === ']' && depth === 0) break
  }
  return objects
}
