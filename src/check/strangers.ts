import type { Facts } from './facts.ts'

const hex = '0123456789abcdef'

/**
 * An id of the same form as a known one that nothing on the target has: the digits are turned round and
 * changed, so that it is of the same length and alphabet.
 */
export function strangerLike(id: string): string {
  const at = id.indexOf('_') + 1
  const body = [...id.slice(at)].reverse().map((char, place) => other(char, place))
  return id.slice(0, at) + body.join('')
}

function other(char: string, place: number): string {
  const digit = hex.indexOf(char.toLowerCase())
  if (digit === -1) return char
  return hex[(digit + 5 + (place % 7)) % 16] ?? char
}

/** Cursors that name no event of the judged thread, each with the words for it. */
export function foreignCursors({ thread, sibling }: Facts): { id: string; what: string; owned: boolean }[] {
  const known = new Set(thread?.events.map((event) => event.id))
  const sample =
    thread?.events[Math.floor((thread.events.length - 1) / 2)]?.id ?? 'evt_019f0000000000000000000000000101'
  const cursors = [
    { id: strangerLike(sample), what: 'an id that no event has', owned: false },
    { id: `${sample}0`, what: 'a known id with one character more', owned: false },
    { id: sample.slice(0, -1), what: 'a known id with one character less', owned: false },
    { id: 'not-an-event', what: 'a text that is no event id', owned: false },
    ...[
      sibling?.events[0],
      sibling?.events[Math.floor((sibling?.events.length ?? 0) / 2)],
      sibling?.events.at(-1),
    ]
      .flatMap((event) => event?.id ?? [])
      .map((id) => ({ id, what: 'an event of another thread', owned: true })),
  ]
  return cursors.filter(
    (cursor, at) => !known.has(cursor.id) && cursors.findIndex(({ id }) => id === cursor.id) === at,
  )
}
