import { createHash, randomBytes } from 'node:crypto'

export type TokenState = 'active' | 'expired' | 'other_tenant'

/** A token that the server has heard of. */
export interface KnownToken {
  readonly text: string
  readonly state: TokenState
  /** SHA-256 of the text: digests have one length, so they compare in constant time. */
  readonly digest: Uint8Array
}

export function digestOf(text: string): Uint8Array {
  return createHash('sha256').update(text).digest()
}

/** A new token text. Letters of both cases, so that a test of letter case always has something to change. */
export function newToken(prefix: string): string {
  return `${prefix}_aZ${randomBytes(18).toString('base64url')}`
}

/** The tokens of one server. */
export class TokenTable {
  #tokens: KnownToken[] = []

  get tokens(): readonly KnownToken[] {
    return this.#tokens
  }

  /** @returns the token's text. */
  add(state: TokenState, text: string = newToken('pat')): string {
    this.#tokens.push({ text, state, digest: digestOf(text) })
    return text
  }
}
