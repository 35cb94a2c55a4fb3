/** Shorter texts would be found in anything; they are replaced in headers only. */
const shortest = 4

interface Secret {
  readonly name: string
  readonly value: string
  readonly pattern: RegExp
}

/**
 * The texts that must never leave this process, and how they are recognised: in clear, percent-encoded,
 * JSON- or HTML-escaped, and in base64 or base64url at any alignment.
 */
export class SecretRegistry {
  #secrets: readonly Secret[] = []

  /** Makes a secret known under the name that takes its place, `$NAME`. */
  add(name: string, value: string): void {
    if (value === '' || this.#secrets.some((secret) => secret.value === value)) return
    const secret = { name, value, pattern: formsOf(value) }
    this.#secrets = [...this.#secrets, secret].sort((a, b) => b.value.length - a.value.length)
  }

  /** The text with every form of every secret replaced by `$NAME`. */
  redact(text: string): string {
    let result = text
    for (const { name, value, pattern } of this.#secrets)
      if (value.length >= shortest) result = result.replace(pattern, () => `$${name}`)
    return result
  }

  /** A header value with every secret replaced, however short it is. */
  redactHeader(text: string): string {
    let result = this.redact(text)
    for (const { name, value } of this.#secrets)
      if (value.length < shortest) result = result.replaceAll(value, `$${name}`)
    return result
  }

  /** Names of the secrets of which the text holds any form. */
  echoesIn(text: string): string[] {
    return this.#secrets
      .filter(({ value, pattern }) => value.length >= shortest && new RegExp(pattern, 'i').test(text))
      .map(({ name }) => name)
  }
}

function formsOf(value: string): RegExp {
  const escapedChars = [...value].map(charForms).join('')
  const forms = [escapedChars, ...base64Forms(value).map(literal)]
  return new RegExp(forms.join('|'), 'g')
}

// One pattern a character, so that an encoder that escapes only some characters is recognised too.
function charForms(char: string): string {
  const forms = new Set([
    literal(char),
    literal(encodeURIComponent(char)),
    literal(JSON.stringify(char).slice(1, -1)),
  ])
  const code = char.codePointAt(0) ?? 0
  const hex = code.toString(16)
  const eitherCase = hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)
  if (code < 0x80) forms.add(`%${code < 16 ? '0' : ''}${eitherCase}`)
  if (code <= 0xffff) forms.add(`\\\\u${'0'.repeat(4 - hex.length)}${eitherCase}`)
  forms.add(`&#0*${code};`)
  forms.add(`&#[xX]0*${eitherCase};`)
  const named: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&apos;',
  }
  const entity = named[char]
  if (entity !== undefined) forms.add(entity)
  return `(?:${[...forms].join('|')})`
}

// Inside a longer text the bytes of a secret may start at any of three alignments; the characters that also
// encode neighbouring bytes are cut off.
function base64Forms(value: string): string[] {
  if (value.length < 8) return []
  const forms = new Set<string>()
  for (const shift of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(shift), Buffer.from(value)]).toString('base64')
    const from = shift === 0 ? 0 : shift + 1
    const whole = Math.floor(((shift + Buffer.byteLength(value)) * 8) / 6)
    const core = encoded.slice(from, whole)
    forms.add(core)
    forms.add(core.replaceAll('+', '-').replaceAll('/', '_'))
    forms.add(encodeURIComponent(core))
  }
  return [...forms]
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
