import { formsOf, plainFormsOf } from './secret-forms.ts'

/** Shorter texts would be found in anything; they are replaced in request headers only. */
const shortest = 4

interface Secret {
  readonly name: string
  readonly value: string
  readonly pattern: RegExp
  /** One of these is in every text that holds the secret without escapes; none where that cannot be said. */
  readonly plain: readonly string[] | undefined
}

/** Whether a text has an escape in which a harmless character may hide. */
function hasEscape(text: string): boolean {
  // One pattern for all of these takes many times as long on the large answers of which most have none.
  if (text.includes('&#') || text.includes('\\u') || text.includes('\\/')) return true
  return text.includes('%') && /%[\dA-Fa-f]{2}/.test(text)
}

/**
 * The texts that must never leave this process, and how they are recognised: in clear, percent-encoded,
 * JSON- or HTML-escaped, and in base64 or base64url at any alignment.
 */
export class SecretRegistry {
  #secrets: readonly Secret[] = []
  #any: RegExp | undefined

  /** Makes a secret known under the name that takes its place, `$NAME`. The first name of a value stays. */
  add(name: string, value: string): void {
    if (value === '' || this.#secrets.some((secret) => secret.value === value)) return
    const secret = { name, value, pattern: new RegExp(formsOf(value)), plain: plainFormsOf(value) }
    this.#secrets = [...this.#secrets, secret].sort((a, b) => b.value.length - a.value.length)
    // One pass for all, so that no secret is looked for in the placeholder of another.
    const sources = this.#searched().map(({ pattern }) => `(${pattern.source})`)
    this.#any = sources.length === 0 ? undefined : new RegExp(sources.join('|'), 'g')
  }

  /** The text with every form of every secret replaced by `$NAME`, the longest secret first. */
  redact(text: string): string {
    if (this.#any === undefined) return text
    const names = this.#searched().map(({ name }) => name)
    return text.replace(this.#any, (...found: unknown[]) => {
      const at = names.findIndex((_, index) => found[index + 1] !== undefined)
      return `$${names[at] ?? 'SECRET'}`
    })
  }

  /** A request header's value with every secret replaced, however short it is. */
  redactHeader(text: string): string {
    const short = this.#secrets.find(
      (secret) => secret.value.length < shortest && text.includes(secret.value),
    )
    if (short === undefined) return this.redact(text)
    return text
      .split(short.value)
      .map((part) => this.redactHeader(part))
      .join(`$${short.name}`)
  }

  /** Names of the secrets of which one of the texts holds any form. */
  echoesInAny(texts: readonly string[]): string[] {
    const searched = this.#searched()
    const found = new Set<string>()
    for (const text of texts) {
      // Searching for a pattern costs far more than looking for fixed texts, and every answer is searched.
      const escaped = hasEscape(text)
      for (const { name, plain, pattern } of searched) {
        if (found.has(name)) continue
        const possible = escaped || plain === undefined || plain.some((form) => text.includes(form))
        if (possible && pattern.test(text)) found.add(name)
      }
    }
    return [...found]
  }

  /** Names of the secrets of which the text holds any form. */
  echoesIn(text: string): string[] {
    return this.echoesInAny([text])
  }

  #searched(): readonly Secret[] {
    return this.#secrets.filter(({ value }) => value.length >= shortest)
  }
}
