/**
 * From this length on a text is taken for a secret wherever it stands. A shorter one (`test`, `dev-token`) may
 * well be a piece of an id or a word, so it must stand alone.
 */
const unmistakable = 20

/** Base64 of anything shorter is too short to mean it. */
const shortestInBase64 = 8

const named: ReadonlyMap<string, string> = new Map([
  ['&', 'amp'],
  ['<', 'lt'],
  ['>', 'gt'],
  ['"', 'quot'],
  ["'", 'apos'],
])

/**
 * The source of a regular expression that matches a text in clear, percent-encoded, JSON- or HTML-escaped, and
 * in base64 or base64url at any alignment inside a longer text.
 */
export function formsOf(value: string): string {
  const written = [...value].map(charForms).join('')
  return [value.length < unmistakable ? alone(written) : written, ...base64Forms(value)].join('|')
}

// A character of an escape (`%20`, `\n`, `\u0022`) that stands before the text is no part of its word.
function alone(written: string): string {
  const before = '(?:(?<![\\w-])|(?<=%[\\da-fA-F]{2}|\\\\[bfnrt]|\\\\u[\\da-fA-F]{4}))'
  return `${before}${written}(?![\\w-])`
}

// Signs of an escape that may itself have been written in a URL, or escaped again. Without a bound a long row of them
// would take for ever.
const slashes = `(?:\\\\|${inUrl('5C')}){1,16}`
const ampersand = `(?:&|${inUrl('26')})(?:amp(?:;|${inUrl('3B')})){0,8}`
const hash = `(?:#|${inUrl('23')})`
const semicolon = `(?:;|${inUrl('3B')})`

// One pattern a character, so that an encoder that escapes only some characters is recognised too. What was
// escaped may be escaped again: JSON inside JSON, an address inside an address.
function charForms(char: string): string {
  const code = char.codePointAt(0) ?? 0
  const hex = eitherCase(code.toString(16))
  const percent = [...Buffer.from(char)].map((byte) => inUrl(byte.toString(16).padStart(2, '0')))
  const units = Array.from({ length: char.length }, (_, at) => char.charCodeAt(at).toString(16))
  const escaped = JSON.stringify(char).slice(1, -1)
  const forms = new Set([
    literal(char),
    escaped.startsWith('\\')
      ? `${slashes}(?:${literal(escaped.slice(1))}|${percent.join('')})`
      : literal(escaped),
    percent.join(''),
    units.map((unit) => `${slashes}u${eitherCase(unit.padStart(4, '0'))}`).join(''),
    `${ampersand}${hash}0*${code}${semicolon}`,
    `${ampersand}${hash}[xX]0*${hex}${semicolon}`,
  ])
  if (char === '/') forms.add(`${slashes}\\/`)
  const entity = named.get(char)
  if (entity !== undefined) forms.add(`${ampersand}${entity}${semicolon}`)
  return `(?:${[...forms].join('|')})`
}

// Inside a longer text the bytes of a secret may start at any of three alignments; the characters that also
// encode neighbouring bytes are cut off.
function base64Forms(value: string): string[] {
  return base64Cores(value).map((core) =>
    core.replaceAll('+', '(?:[+-]|%2[bB])').replaceAll('/', '(?:[/_]|\\\\/|%2[fF])'),
  )
}

function base64Cores(value: string): string[] {
  if (value.length < shortestInBase64) return []
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), Buffer.from(value)]).toString('base64')
    const from = shift === 0 ? 0 : shift + 1
    return encoded.slice(from, Math.floor(((shift + Buffer.byteLength(value)) * 8) / 6))
  })
}

/**
 * The texts of which one occurs wherever the secret does, {@link withoutEscapes}: itself, and its base64.
 * @returns `undefined` for a secret with characters that encoders escape
 */
export function plainFormsOf(value: string): readonly string[] | undefined {
  if (!/^[\w.~=+-]+$/.test(value)) return undefined
  const cores = base64Cores(value)
  const inUrls = cores.map((core) => core.replaceAll('+', '-').replaceAll('/', '_'))
  return [...new Set([value, ...cores, ...inUrls])]
}

const percentEscape = /%(?:25){0,8}[2-7][\da-f]/i

const escapes =
  /%(?:25){0,8}([2-7][\da-f])|\\{1,16}u00([2-7][\da-f])|&(?:amp;){0,8}#(?:0*(\d{2,3})|x0*([2-7][\da-f]));|\\\//gi

/** The text with the escapes of letters, digits and punctuation undone, however often they were escaped. */
export function withoutEscapes(text: string): string {
  // Most texts have none, and one pattern for all takes many times as long to find that out.
  const possible =
    text.includes('\\u00') ||
    text.includes('\\/') ||
    (text.includes('%') && percentEscape.test(text)) ||
    (text.includes('#') && text.includes('&'))
  if (!possible) return text
  const undone = undoneOnce(text)
  // What was escaped for JSON or HTML may have been put into a URL after that.
  return undone === text ? text : undoneOnce(undone)
}

function undoneOnce(text: string): string {
  return text.replace(
    escapes,
    (_all, percent?: string, unicode?: string, decimal?: string, hex?: string): string => {
      const code = decimal === undefined ? (percent ?? unicode ?? hex) : undefined
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
      return code === undefined ? '/' : String.fromCodePoint(Number.parseInt(code, 16))
    },
  )
}

function inUrl(hex: string): string {
  return `%(?:25){0,8}${eitherCase(hex.toLowerCase())}`
}

function eitherCase(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
