import { randomInt } from 'node:crypto'

/** How many characters at the end of an id are replaced. */
const changed = 12
/** With fewer characters drawn, an id could be one that the target has. */
const fewestDrawn = 10
/** An invented id differs from every known one in at least so many places. */
const leastDistance = 4
const digits = '0123456789'
const hexLetters = 'abcdef'
/** The letters of Crockford's base 32, as ULIDs use them. */
const letters = 'abcdefghjkmnpqrstvwxyz'

/** The ids that are known to exist on the target. */
interface ExistingIds {
  readonly sessionId: string | undefined
  readonly threadId: string | undefined
  readonly thread: { readonly threadId: string } | undefined
  readonly sibling: { readonly threadId: string } | undefined
  readonly other: { readonly sessionId: string; readonly threadId: string } | undefined
  readonly knownIds?: readonly string[]
}

function idsKnownTo({ sessionId, threadId, thread, sibling, other, knownIds }: ExistingIds): string[] {
  const places = [sessionId, threadId, thread?.threadId, sibling?.threadId, other?.sessionId, other?.threadId]
  return [...places.filter((id) => id !== undefined), ...(knownIds ?? [])]
}

/** An id of the same form as this one that nothing known to the run has, or resembles. */
export function unknownIdFor(state: ExistingIds, id: string): string {
  return unknownIdLike(id, idsKnownTo(state))
}

/**
 * An id of the same form as a known one that nothing on the target has. Only the last characters differ, each
 * from the same digits or letters, so that what a form prescribes for the first ones (a version, a date) holds. A short
 * id becomes longer: among short or consecutive ids, each neighbour may exist.
 * @param known ids to keep away from
 */
export function unknownIdLike(id: string, known: readonly string[] = []): string {
  const others = [id, ...known]
  for (let turn = 0; turn < digits.length; turn++) {
    const strange = isShort(id) ? lengthened(id, turn) : turned(id, turn)
    if (others.every((one) => distance(one, strange) >= leastDistance)) return strange
  }
  return `${id}${'0'.repeat(leastDistance)}`
}

/** Whether so little of an id can vary that an invented one may exist. */
export function isShort(id: string): boolean {
  const chars = [...id]
  return replaceable(chars).filter((place) => alphabetOf(chars, place) !== undefined).length < fewestDrawn
}

function turned(id: string, turn: number): string {
  const chars = [...id]
  const places = new Set(replaceable(chars))
  return chars
    .map((char, place) => {
      const alphabet = places.has(place) ? alphabetOf(chars, place) : undefined
      if (alphabet === undefined) return char
      return alphabet[(alphabet.indexOf(char) + 1 + turn + (place % 5)) % alphabet.length] ?? char
    })
    .join('')
}

// A number stays one that fits into 31 bits: a longer one could be refused for its size alone.
function lengthened(id: string, turn: number): string {
  const prefix = id.slice(0, id.lastIndexOf('_') + 1)
  const rest = id.slice(prefix.length)
  const added = Array.from({ length: 8 }, (_, place) => digits[(7 * place + 3 * turn + 4) % 10]).join('')
  return /^\d*$/.test(rest) ? `${prefix}9${added}` : `${prefix}${rest}${added}`
}

function replaceable(chars: readonly string[]): number[] {
  const from = Math.max(chars.lastIndexOf('_') + 1, chars.length - changed)
  return chars.flatMap((_, place) => (place < from ? [] : [place]))
}

/** The characters that may stand in a place: hexadecimal digits where the whole id is of these. */
function alphabetOf(chars: readonly string[], place: number): string | undefined {
  const char = chars[place] ?? ''
  if (digits.includes(char)) return digits
  const body = chars.slice(chars.lastIndexOf('_') + 1).join('')
  const small = /^[\da-f-]*$/i.test(body) ? hexLetters : letters
  return [small, small.toUpperCase()].find((one) => char !== '' && one.includes(char))
}

/** In how many places two ids differ, those counted that only one of them has. */
function distance(a: string, b: string): number {
  const [left, right] = [[...a], [...b]]
  const shared = Math.min(left.length, right.length)
  const different = left.slice(0, shared).filter((char, place) => char !== right[place]).length
  return different + Math.max(left.length, right.length) - shared
}

/**
 * A new id of the same form as a known one, drawn so that nothing can have it.
 * @returns `undefined` where the form leaves too little to draw
 */
export function unusedIdLike(id: string): string | undefined {
  const chars = [...id]
  if (isShort(id)) return undefined
  const places = new Set(replaceable(chars))
  return chars
    .map((char, place) => {
      const alphabet = places.has(place) ? alphabetOf(chars, place) : undefined
      return alphabet === undefined ? char : drawnFrom(alphabet)
    })
    .join('')
}

function drawnFrom(alphabet: string): string {
  return alphabet[randomInt(alphabet.length)] ?? ''
}

export function nearMisses(id: string): { id: string; what: string; owned: boolean }[] {
  return [
    { id: `${id}0`, what: 'a known id with one character more', owned: false },
    { id: [...id].slice(0, -1).join(''), what: 'a known id with one character less', owned: false },
  ]
}
