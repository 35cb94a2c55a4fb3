/** A part of a text that was replaced, in units of UTF-16. */
interface Edit {
  /** Where the replacement stands in the new text. */
  readonly at: number
  readonly length: number
  /** What it replaced in the old text. */
  readonly from: number
  readonly to: number
}

/** A text without escapes, and the way back to the text it was made from. */
export interface Unescaped {
  readonly text: string
  /** The range of the original text that a range of the new text was written as. */
  original(start: number, end: number): readonly [start: number, end: number]
}

/** What was escaped several times is undone as often, up to this bound. */
const mostPasses = 10

/** Each escape begins with one of these. */
const signs = ['%', '\\', '&'] as const

/** Whether a text may contain escapes. */
export function mayHaveEscapes(text: string): boolean {
  return signs.some((sign) => text.includes(sign))
}

/** Undoes percent-encoding, JSON escapes and HTML entities, mixed and repeated as they may be. Takes linear time. */
export function undoEscapes(text: string): Unescaped {
  const passes: (readonly Edit[])[] = []
  let current = text
  while (passes.length < mostPasses) {
    const { text: next, edits } = undoOnce(current)
    if (edits.length === 0) break
    passes.push(edits)
    current = next
  }
  const original = (start: number, end: number): readonly [number, number] =>
    passes.reduceRight<readonly [number, number]>(
      ([from, to], edits) => [sourceOf(edits, from, 'from'), sourceOf(edits, to - 1, 'to') + 1],
      [start, end],
    )
  return { text: current, original }
}

const entity = /&(?:amp;){0,64}(?:#0{0,20}(\d{1,7});|#x0{0,20}([\da-f]{1,6});|(lt|gt|quot|apos);)?/iy
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'" }
const shortEscapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '/': '/',
}

/** One escape at a place of a text: where it ends and what it stands for. */
interface Escape {
  readonly end: number
  readonly value: string
}

function undoOnce(text: string): { readonly text: string; readonly edits: readonly Edit[] } {
  const edits: Edit[] = []
  const parts: string[] = []
  let done = 0
  let length = 0
  const next = places(text)
  for (let from = next(0); from !== -1; ) {
    const { end, value } = escapeAt(text, from)
    const at = from
    from = next(end)
    if (end - at === value.length && text.startsWith(value, at)) continue
    const before = text.slice(done, at)
    parts.push(before, value)
    edits.push({ at: length + before.length, length: value.length, from: at, to: end })
    length += before.length + value.length
    done = end
  }
  return { text: edits.length === 0 ? text : parts.join('') + text.slice(done), edits }
}

function escapeAt(text: string, at: number): Escape {
  const sign = text[at]
  if (sign === '%') return percentAt(text, at)
  return sign === '&' ? entityAt(text, at) : backslashAt(text, at)
}

function percentAt(text: string, at: number): Escape {
  const first = byteAt(text, at)
  if (first === undefined) return { end: at + 1, value: '%' }
  if (first.byte < 0x80) return { end: first.end, value: String.fromCharCode(first.byte) }
  const bytes = [first.byte]
  let { end } = first
  const missing = first.byte < 0xe0 ? 1 : first.byte < 0xf0 ? 2 : 3
  for (let more = 0; more < missing; more++) {
    const next = byteAt(text, end)
    if (next === undefined) break
    bytes.push(next.byte)
    end = next.end
  }
  const value = Buffer.from(bytes).toString('utf8')
  // What is no UTF-8 stays a percent-encoded byte, in one spelling.
  if (!value.includes('\uFFFD')) return { end, value }
  const hex = first.byte.toString(16).toUpperCase().padStart(2, '0')
  return { end: first.end, value: `%${hex}` }
}

function byteAt(text: string, at: number): { readonly byte: number; readonly end: number } | undefined {
  if (text[at] !== '%') return undefined
  let digits = at + 1
  for (let next = digits; text.startsWith('25', next) && hexAt(text, next + 2, 2) >= 0; next += 2)
    digits = next + 2
  const byte = hexAt(text, digits, 2)
  return byte < 0 ? undefined : { byte, end: digits + 2 }
}

// The number that so many hexadecimal digits give, or -1 where there is another character.
function hexAt(text: string, at: number, digits: number): number {
  let number = 0
  for (let place = at; place < at + digits; place++) {
    const code = text.charCodeAt(place) | 0x20
    const digit = code >= 0x61 && code <= 0x66 ? code - 0x57 : text.charCodeAt(place) - 0x30
    if (!(digit >= 0 && digit <= 15) || (digit > 9 && code < 0x61)) return -1
    number = number * 16 + digit
  }
  return number
}

// Finds the next sign that may begin an escape; each place is looked at once.
function places(text: string): (from: number) => number {
  const ahead = signs.map((sign) => text.indexOf(sign))
  return (from) => {
    let first = -1
    for (let at = 0; at < signs.length; at++) {
      let place = ahead[at] ?? -1
      if (place !== -1 && place < from) {
        place = text.indexOf(signs[at] ?? '', from)
        ahead[at] = place
      }
      if (place !== -1 && (first === -1 || place < first)) first = place
    }
    return first
  }
}

function entityAt(text: string, at: number): Escape {
  if (!/[#a-z]/i.test(text[at + 1] ?? '')) return { end: at + 1, value: '&' }
  entity.lastIndex = at
  const [all = '&', decimal, hex, name] = entity.exec(text) ?? []
  const end = at + all.length
  if (name !== undefined) return { end, value: named[name.toLowerCase()] ?? '&' }
  const code = decimal === undefined ? Number.parseInt(hex ?? '26', 16) : Number(decimal)
  return code > 0x10ffff ? { end: at + 1, value: '&' } : { end, value: String.fromCodePoint(code) }
}

// However many backslashes there are, what follows was escaped, perhaps several times. How many of them were text
// is unknown, so none is kept.
function backslashAt(text: string, at: number): Escape {
  let end = at + 1
  while (text[end] === '\\') end += 1
  const unit = text[end] === 'u' ? hexAt(text, end + 1, 4) : -1
  if (unit >= 0) return { end: end + 5, value: String.fromCharCode(unit) }
  const short = shortEscapes[text[end] ?? '']
  return short === undefined ? { end, value: '' } : { end: end + 1, value: short }
}

// The character of the old text that a character of the new one was made from: the first or the last of them.
function sourceOf(edits: readonly Edit[], place: number, side: 'from' | 'to'): number {
  let low = 0
  let high = edits.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((edits[middle]?.at ?? 0) <= place) low = middle + 1
    else high = middle
  }
  const edit = edits[low - 1]
  if (edit === undefined) return place
  const past = place - (edit.at + edit.length)
  if (past >= 0) return edit.to + past
  return side === 'from' ? edit.from : edit.to - 1
}
