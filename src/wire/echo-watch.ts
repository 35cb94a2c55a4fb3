import type { SecretRegistry } from './secrets.ts'

/** The names of fields at the beginning of lines. */
const fieldNames = /^(?:data|event|id|retry)(?=[:\n])/gm

/** Searches a stream for secrets as its text arrives, so that its frames need no search of their own. */
export class EchoWatch {
  readonly #secrets: SecretRegistry
  readonly #known: number
  readonly #found = new Set<string>()

  constructor(secrets: SecretRegistry) {
    this.#secrets = secrets
    this.#known = secrets.size
  }

  /** Searches the next text, which no secret crosses the ends of. */
  inspect(text: string): void {
    if (this.#secrets.echoesIn(text).length === 0) return
    // A token may be called as a field is.
    const values = text.replace(fieldNames, '')
    for (const name of this.#secrets.echoesIn(values)) this.#found.add(name)
  }

  /** The names of the secrets that the texts contain, or `undefined` if secrets were added in the meantime. */
  found(): readonly string[] | undefined {
    return this.#secrets.size === this.#known ? [...this.#found] : undefined
  }
}
