import { undoEscapes } from './undo-escapes.ts'

/**
 * From this length on a text is taken for a secret anywhere. A shorter one (`test`, `dev-token`) may well be
 * part of an id or a word, so it is one only where it stands alone.
 */
const unmistakable = 20

/** Base64 and hex of anything shorter are too short to be distinctive. */
const shortestEncoded = 8

/** A shorter remainder of a secret would be found in anything. */
const shortestUnescaped = 4

/** What may be the beginning of an escape, so that the text behind it would change its meaning. */
const unfinished = /(?:%(?:25){0,64}[\da-f]?|&(?:amp;){0,64}(?:#?[\da-z]{0,8})|\\{1,64}(?:u[\da-f]{0,3})?)$/i

/** One spelling of a secret. */
export interface SecretForm {
  readonly text: string
  /** Whether it counts only where no letter, digit, `_` or `-` adjoins. */
  readonly alone: boolean
}

/** The spellings of a secret: in a text as it is, and in a text whose escapes were undone. */
export interface SecretForms {
  readonly raw: readonly SecretForm[]
  readonly unescaped: readonly SecretForm[]
}

/**
 * The spellings by which a secret is recognised: in clear, in base64 and base64url at any alignment, and in hex.
 * Escapes need no spelling of their own, because they are undone before the search.
 */
export function encodingsOf(value: string): SecretForms {
  const alone = value.length < unmistakable
  const encoded = [...base64Forms(value), ...hexForms(value)].map((text) => ({ text, alone: false }))
  const plain = [value, value.replace(unfinished, '')]
    .map((written) => undoEscapes(written).text)
    .filter((text, at, all) => text.length >= shortestUnescaped && all.indexOf(text) === at)
    .map((text) => ({ text, alone }))
  return { raw: [{ text: value, alone }, ...encoded], unescaped: [...plain, ...encoded] }
}

function hexForms(value: string): string[] {
  if (value.length < shortestEncoded) return []
  const lower = Buffer.from(value).toString('hex')
  return [lower, lower.toUpperCase()]
}

// Inside a longer text the bytes of a secret may start at any of three alignments; the characters that also
// encode neighbouring bytes are cut off.
function base64Forms(value: string): string[] {
  if (value.length < shortestEncoded) return []
  const cores = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), Buffer.from(value)]).toString('base64')
    const from = shift === 0 ? 0 : shift + 1
    return encoded.slice(from, Math.floor(((shift + Buffer.byteLength(value)) * 8) / 6))
  })
  const inUrls = cores.map((core) => core.replaceAll('+', '-').replaceAll('/', '_'))
  return [...new Set([...cores, ...inUrls])]
}
