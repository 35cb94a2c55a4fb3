import { shortIds } from '../feature-rows.ts'

const shortest = 6
const longest = 14

/**
 * Names short enough to show side by side: the usual short form of ids where it tells them apart, and otherwise the ids
 * without their common prefix, cut where they still differ.
 */
export function shortNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const all = [...new Set(ids)]
  const usual = all.map(shortIds)
  if (new Set(usual).size === all.length && usual.every((text) => text.length <= longest))
    return new Map(all.map((id, at) => [id, usual[at] ?? id]))
  const prefix = commonPrefix(all)
  const rest = all.map((id) => id.slice(prefix.length))
  let length = shortest
  while (length < longest && new Set(rest.map((text) => text.slice(0, length))).size < rest.length)
    length += 1
  return new Map(all.map((id, at) => [id, cut(rest[at] ?? '', length)]))
}

function commonPrefix(ids: readonly string[]): string {
  const [first = ''] = ids
  const end = first.indexOf('_') + 1
  const prefix = first.slice(0, end)
  return ids.every((id) => id.startsWith(prefix) && id !== prefix) ? prefix : ''
}

function cut(text: string, length: number): string {
  return text.length <= length + 1 ? text : `${text.slice(0, length)}…`
}
