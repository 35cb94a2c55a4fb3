/** Stands for a number while the built-in parser and writer, which know doubles alone, are at work. */
const mark = '\ue000number:'

/** A JSON number that a double cannot hold, such as an integer beyond 2^53, with all of its digits. */
export class ExactNumber {
  /** As it was written. */
  readonly text: string
  /** One text for all spellings of the number. */
  readonly canonical: string

  constructor(text: string) {
    this.text = text
    this.canonical = canonicalNumber(text)
  }

  toJSON(): string {
    return `${mark}${this.text}`
  }
}

/** Where a text may hold a number of many digits, or one with an exponent. Most texts do not. */
const suspicious = /(?:^|[:[,\s])-?(?:\d[\d.]{15,}|[\d.]+[eE])/
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

/**
 * Replaces each number that a double cannot hold by a string, for {@link reviveExactNumber}.
 * @param text valid JSON
 * @returns `undefined` when there is none
 */
export function markExactNumbers(text: string): string | undefined {
  if (!suspicious.test(text) || text.includes(mark)) return undefined
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < text.length; ) {
    const char = text.charAt(at)
    if (char === '"') at = endOfString(text, at)
    else if (char === '-' || (char >= '0' && char <= '9')) {
      number.lastIndex = at
      const digits = number.exec(text)?.[0] ?? char
      if (!fitsDouble(digits)) {
        parts.push(text.slice(from, at), JSON.stringify(`${mark}${digits}`))
        from = at + digits.length
      }
      at += digits.length
    } else at += 1
  }
  return parts.length === 0 ? undefined : parts.join('') + text.slice(from)
}

/** Reviver for `JSON.parse`: makes {@link ExactNumber}s of what {@link markExactNumbers} replaced. */
export function reviveExactNumber(_key: string, value: unknown): unknown {
  return typeof value === 'string' && value.startsWith(mark)
    ? new ExactNumber(value.slice(mark.length))
    : value
}

/** Parses a text that `JSON.stringify` wrote of values with {@link ExactNumber}s. */
export function parseMarked(text: string): unknown {
  return text.includes(mark) ? JSON.parse(text, reviveExactNumber) : JSON.parse(text)
}

/** Puts the numbers back into a text that `JSON.stringify` wrote. */
export function unmarked(text: string): string {
  return text.includes(mark) ? text.replace(/"\ue000number:([-+.\deE]+)"/g, '$1') : text
}

function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0
    while (text.charAt(at - 1 - backslashes) === '\\') backslashes += 1
    if (backslashes % 2 === 0) return at + 1
  }
  return text.length
}

function fitsDouble(digits: string): boolean {
  if (digits.length < 16 && !/[eE]/.test(digits)) return true
  const double = Number(digits)
  return Number.isFinite(double) && canonicalNumber(String(double)) === canonicalNumber(digits)
}

// Sign, digits without zeros at either end, and a power of ten.
function canonicalNumber(text: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? []
  const digits = (whole + fraction).replace(/^0+/, '')
  const kept = digits.replace(/0+$/, '')
  if (kept === '') return '0'
  const exponent = BigInt(power) - BigInt(fraction.length) + BigInt(digits.length - kept.length)
  return `${sign}${kept}e${exponent}`
}
