const shortest = 6
const longest = 14

/**
 * Names short enough to stand side by side: without what all begin with up to a `_`, and cut where they still
 * differ.
 */
export function shortNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const all = [...new Set(ids)]
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
