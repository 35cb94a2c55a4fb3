import { findSecrets, type Hit, SecretSearch } from './find-secrets.ts'
import { encodingsOf, type SecretForms } from './secret-encodings.ts'

/** Shorter texts would be found in anything; they are replaced in request headers only. */
const shortest = 4

/** So many characters in a row that are in a secret too are taken for a piece of it. */
const telling = 6

/** Characters of a text whose redaction is remembered, and how many such texts. */
const shortText = 200
const mostRemembered = 1_000

interface Secret {
  readonly name: string
  readonly value: string
  readonly forms: SecretForms
}

/**
 * The texts that must never leave this process, and how they are recognised: in clear, percent-encoded,
 * JSON- or HTML-escaped, in hex, and in base64 or base64url at any alignment. The time that takes grows with the
 * text and not with the secrets.
 */
export class SecretRegistry {
  #secrets: readonly Secret[] = []
  /** The secrets that are redacted everywhere. */
  #searched: readonly Secret[] = []
  #search = new SecretSearch<Secret>([])
  /** All pieces of secrets of the telling length, in lower case. */
  #pieces: ReadonlySet<string> | undefined
  /** Short texts that were redacted before: the same headers go with every request. */
  readonly #redacted = new Map<string, string>()

  /** The number of secrets. */
  get size(): number {
    return this.#secrets.length
  }

  /** Makes a secret known under the name that takes its place, `$NAME`. The first name of a value stays. */
  add(name: string, value: string): void {
    if (value === '' || this.#secrets.some((secret) => secret.value === value)) return
    const secret = { name, value, forms: encodingsOf(value) }
    this.#secrets = [...this.#secrets, secret].sort((a, b) => b.value.length - a.value.length)
    this.#searched = this.#secrets.filter((one) => one.value.length >= shortest)
    this.#search = new SecretSearch(this.#searched)
    this.#redacted.clear()
    this.#pieces = undefined
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
    const shorts = this.#secrets.filter(({ value }) => value.length < shortest)
    // Behind the longer ones, and never in the placeholder of another.
    return this.redact(text)
      .split(/(\$[A-Z][A-Z0-9_]*)/)
      .map((part, at) => {
        const short = at % 2 === 0 ? shorts.find(({ value }) => part.includes(value)) : undefined
        return short === undefined ? part : part.split(short.value).join(`$${short.name}`)
      })
      .join('')
  }

  // Most headers that hold a secret hold nothing else, and need no search.
  #redactWhole(text: string): string | undefined {
    const [, scheme = '', value] = /^(Bearer )?(.*)$/s.exec(text) ?? []
    const secret = this.#searched.find((one) => one.value === value)
    return secret && `${scheme}$${secret.name}`
  }

  /** Whether a piece of a secret may be left in a text, of which no more than the whole was searched for: of one that is known or of a further one. */
  mayHoldPiece(text: string, further: string): boolean {
    this.#pieces ??= new Set(
      this.#secrets.flatMap(({ forms }) => forms.raw.flatMap((form) => piecesOf(form.text))),
    )
    const known = this.#pieces
    const more = new Set(piecesOf(further))
    return piecesOf(text).some((piece) => known.has(piece) || more.has(piece))
  }

  /** Names of the secrets of which one of the texts holds any form. */
  echoesInAny(texts: Iterable<string>): string[] {
    const found = new Set<string>()
    for (const text of texts) for (const { secret } of findSecrets(text, this.#search)) found.add(secret.name)
    return [...found]
  }

  /** Names of the secrets of which the text holds any form. */
  echoesIn(text: string): string[] {
    return this.echoesInAny([text])
  }

  // Found in the text as it was, so that no secret is found in the placeholder of another.
  #redactAnew(text: string): string {
    const hits = [...findSecrets(text, this.#search)].sort((a, b) => a.start - b.start)
    const parts: string[] = []
    let done = 0
    for (const { secret, start, end } of merged(hits)) {
      parts.push(text.slice(done, start), `$${secret.name}`)
      done = end
    }
    return parts.length === 0 ? text : parts.join('') + text.slice(done)
  }
}

function piecesOf(text: string): string[] {
  const lower = text.toLowerCase()
  return Array.from({ length: Math.max(0, lower.length - telling + 1) }, (_, at) =>
    lower.slice(at, at + telling),
  )
}

// Where secrets overlap, all of it goes, under the name of the longest.
function merged(hits: readonly Hit<Secret>[]): Hit<Secret>[] {
  const apart: Hit<Secret>[] = []
  for (const hit of hits) {
    const last = apart.at(-1)
    if (last === undefined || hit.start >= last.end) {
      apart.push(hit)
      continue
    }
    const secret = hit.secret.value.length > last.secret.value.length ? hit.secret : last.secret
    apart[apart.length - 1] = { secret, start: last.start, end: Math.max(last.end, hit.end) }
  }
  return apart
}
