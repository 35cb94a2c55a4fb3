/** The ways in which a target may write a secret that it was given. */
export type Encoding = readonly [name: string, write: (secret: string) => string]

const bytesOf = (text: string) => [...Buffer.from(text)]
const hex = (code: number) => code.toString(16).padStart(2, '0')
const htmlNames: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Made apart from the suite's own list of forms, so that what that forgets is found out. */
export const encodings: readonly Encoding[] = [
  ['clear', (secret) => secret],
  ['URL', encodeURIComponent],
  ['URL, lower case', (secret) => encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase())],
  [
    'URL, every byte',
    (secret) =>
      bytesOf(secret)
        .map((byte) => `%${hex(byte)}`)
        .join(''),
  ],
  ['form', (secret) => new URLSearchParams([['', secret]]).toString().slice(1)],
  ['base64', (secret) => Buffer.from(secret).toString('base64')],
  ['base64url', (secret) => Buffer.from(secret).toString('base64url')],
  ['base64, inside', (secret) => Buffer.from(`Bearer ${secret}`).toString('base64')],
  ['base64url, inside', (secret) => Buffer.from(`:${secret}:`).toString('base64url')],
  ['hex', (secret) => Buffer.from(secret).toString('hex')],
  ['hex, upper case', (secret) => Buffer.from(secret).toString('hex').toUpperCase()],
  ['JSON', (secret) => JSON.stringify(secret).slice(1, -1)],
  ['JSON for HTML', (secret) => secret.replace(/["<>&+/=%]/g, (char) => `\\u00${hex(char.charCodeAt(0))}`)],
  ['HTML', (secret) => secret.replace(/[&<>"']/g, (char) => htmlNames[char] ?? char)],
  ['HTML, decimal', (secret) => [...secret].map((char) => `&#${char.charCodeAt(0)};`).join('')],
  ['HTML, hexadecimal', (secret) => [...secret].map((char) => `&#x${hex(char.charCodeAt(0))};`).join('')],
]

/**
 * The texts of which none may stand in what the suite writes: every spelling, as it is and as the formats of
 * reports would write it, and every longer piece of the secret itself.
 */
export function tracesOf(secret: string): ReadonlyMap<string, string> {
  const traces = new Map<string, string>()
  for (const [name, write] of encodings) {
    const text = core(name, write(secret))
    traces.set(text, name)
    traces.set(JSON.stringify(text).slice(1, -1), `${name} in JSON`)
    traces.set(
      text.replace(/[&<>"']/g, (char) => htmlNames[char] ?? char),
      `${name} in XML`,
    )
  }
  for (let at = 0; at + pieceLength <= secret.length; at++)
    traces.set(secret.slice(at, at + pieceLength), 'a piece in clear')
  return traces
}

/** As short as can be without standing in an innocent text by chance. */
const pieceLength = 14

// The ends of base64 inside a longer text depend on what stands around the secret.
function core(name: string, text: string): string {
  return name.startsWith('base64') ? text.replace(/=+$/, '').slice(12, -6) : text
}
