import type { SecretRegistry } from './secrets.ts'

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
    for (const name of this.#secrets.echoesIn(text)) this.#found.add(name)
  }

  /** The names of the secrets that the texts contain, or `undefined` if secrets were added in the meantime. */
  found(): readonly string[] | undefined {
    return this.#secrets.size === this.#known ? [...this.#found] : undefined
  }
}
