import { formsOf, plainFormsOf, withoutEscapes } from './secret-forms.ts'

/** Shorter texts would be found in anything; they are replaced in request headers only. */
const shortest = 4

/** Characters of a text whose redaction is remembered, and how many such texts. */
const shortText = 200
const mostRemembered = 1_000

interface Secret {
  readonly name: string
  readonly value: string
  readonly pattern: RegExp
  /** One of these is in every text that holds the secret, once unescaped; none where that cannot be said. */
  readonly plain: readonly string[] | undefined
}

/** Says at little cost that a text does not hold a secret, or that it has to be searched. */
function mayHold(unescaped: string, { plain }: Secret): boolean {
  return plain === undefined || plain.some((form) => unescaped.includes(form))
}

/**
 * The texts that must never leave this process, and how they are recognised: in clear, percent-encoded,
 * JSON- or HTML-escaped, and in base64 or base64url at any alignment.
 */
export class SecretRegistry {
  #secrets: readonly Secret[] = []
  /** Those that are looked for everywhere. */
  #searched: readonly Secret[] = []
  #any: RegExp | undefined
  /** Short texts that were redacted before: the same headers go with every request. */
  readonly #redacted = new Map<string, string>()

  /** Makes a secret known under the name that takes its place, `$NAME`. The first name of a value stays. */
  add(name: string, value: string): void {
    if (value === '' || this.#secrets.some((secret) => secret.value === value)) return
    const secret = { name, value, pattern: new RegExp(formsOf(value)), plain: plainFormsOf(value) }
    this.#secrets = [...this.#secrets, secret].sort((a, b) => b.value.length - a.value.length)
    this.#searched = this.#secrets.filter((one) => one.value.length >= shortest)
    // One pass for all, so that no secret is looked for in the placeholder of another.
    this.#redacted.clear()
    const sources = this.#searched.map(({ pattern }) => `(${pattern.source})`)
    this.#any = sources.length === 0 ? undefined : new RegExp(sources.join('|'), 'g')
  }

  /** The text with every form of every secret replaced by `$NAME`, the longest secret first. */
  redact(text: string): string {
    const before = this.#redacted.get(text)
    if (before !== undefined) return before
    const redacted = this.#redactAnew(text)
    if (text.length <= shortText && this.#redacted.size < mostRemembered) this.#redacted.set(text, redacted)
    return redacted
  }

  /** A request header's value with every secret replaced, however short it is. */
  redactHeader(text: string): string {
    const whole = this.#redactWhole(text)
    if (whole !== undefined) return whole
    const short = this.#secrets.find(
      (secret) => secret.value.length < shortest && text.includes(secret.value),
    )
    if (short === undefined) return this.redact(text)
    return text
      .split(short.value)
      .map((part) => this.redactHeader(part))
      .join(`$${short.name}`)
  }

  // Most headers that hold a secret hold nothing else, and the pattern of all secrets is dear to compile.
  #redactWhole(text: string): string | undefined {
    const [, scheme = '', value] = /^(Bearer )?(.*)$/s.exec(text) ?? []
    const secret = this.#searched.find((one) => one.value === value)
    return secret && `${scheme}$${secret.name}`
  }

  /** Names of the secrets of which one of the texts holds any form. */
  echoesInAny(texts: readonly string[]): string[] {
    const found = new Set<string>()
    for (const text of texts) {
      // Searching for a pattern costs far more than looking for fixed texts, and every answer is searched.
      const unescaped = withoutEscapes(text)
      for (const secret of this.#searched)
        if (!found.has(secret.name) && mayHold(unescaped, secret) && secret.pattern.test(text))
          found.add(secret.name)
    }
    return [...found]
  }

  /** Names of the secrets of which the text holds any form. */
  echoesIn(text: string): string[] {
    return this.echoesInAny([text])
  }

  #redactAnew(text: string): string {
    const unescaped = withoutEscapes(text)
    if (this.#any === undefined || !this.#searched.some((secret) => mayHold(unescaped, secret))) return text
    const names = this.#searched.map(({ name }) => name)
    return text.replace(this.#any, (...found: unknown[]) => {
      const at = names.findIndex((_, index) => found[index + 1] !== undefined)
      return `$${names[at] ?? 'SECRET'}`
    })
  }
}
