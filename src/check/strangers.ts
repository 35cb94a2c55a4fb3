import { randomInt } from 'node:crypto'
import type { Facts } from './facts.ts'

/** How many characters of a stranger's id differ. */
const changed = 12
/** With fewer characters drawn, an id could be one that the target has. */
const fewestDrawn = 10
/** Put behind ids that are short, as those that count from 1. */
const farFromAny = '9018273645'
const alphabets = ['0123456789', 'abcdef', 'ABCDEF'] as const

/**
 * An id of the same form as a known one that nothing on the target has. Only the last characters differ, each
 * from the same digits or letters, so that what a form prescribes for the first ones (a version, a date) holds.
 */
export function strangerLike(id: string): string {
  const chars = [...id]
  const from = Math.max(chars.indexOf('_') + 1, chars.length - changed)
  const strange = chars.map((char, place) => (place < from ? char : other(char, place))).join('')
  // A short id leaves so little to change that the result could well be the id of something else.
  return chars.length - from < fewestDrawn ? `${strange}${farFromAny}` : strange
}

function other(char: string, place: number): string {
  const alphabet = alphabets.find((one) => one.includes(char))
  if (alphabet === undefined) return char
  return alphabet[(alphabet.indexOf(char) + 1 + (place % 5)) % alphabet.length] ?? char
}

/**
 * A new id of the same form as a known one, drawn so that nothing can have it.
 * @returns `undefined` where the form leaves too little to draw
 */
export function freshLike(id: string): string | undefined {
  const chars = [...id]
  const from = Math.max(chars.indexOf('_') + 1, chars.length - changed)
  const drawn = chars.map((char, place) => {
    const alphabet = place < from ? undefined : alphabets.find((one) => one.includes(char))
    return alphabet === undefined ? { char, free: 0 } : { char: drawnFrom(alphabet), free: 1 }
  })
  if (drawn.reduce((sum, { free }) => sum + free, 0) < fewestDrawn) return undefined
  return drawn.map(({ char }) => char).join('')
}

function drawnFrom(alphabet: string): string {
  return alphabet[randomInt(alphabet.length)] ?? ''
}

/** Cursors that name no event of the judged thread, each with the words for it. */
export function foreignCursors({ thread, sibling }: Facts): { id: string; what: string; owned: boolean }[] {
  const known = new Set(thread?.events.map((event) => event.id))
  const sample =
    thread?.events[Math.floor((thread.events.length - 1) / 2)]?.id ?? 'evt_019f0000000000000000000000000101'
  const cursors = [
    { id: strangerLike(sample), what: 'an id that no event has', owned: false },
    { id: `${sample}0`, what: 'a known id with one character more', owned: false },
    { id: [...sample].slice(0, -1).join(''), what: 'a known id with one character less', owned: false },
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
