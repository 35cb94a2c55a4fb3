import { timingSafeEqual } from 'node:crypto'
import { headerLines, type RequestContext } from '../request-context.ts'
import { digestOf, type KnownToken } from '../store/token-table.ts'
import { type Denial, unauthenticated } from './denial.ts'

/** Who asks. Sessions belong to the tenant `owner`. */
export interface Identity {
  readonly tenant: 'owner' | 'other'
}

/** Who may ask at all (AUT). */
export interface Access {
  /** The token that the request presents, or `undefined` when it presents none in the right way. */
  credentials(call: RequestContext): string | undefined
  /** The known token that `text` stands for. */
  findToken(text: string, tokens: readonly KnownToken[]): KnownToken | undefined
  /** Whether a known token is still good. */
  isValid(token: KnownToken): boolean
  authenticate(call: RequestContext): Identity | Denial | Promise<Identity | Denial>
}

const bearer = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i

export const standardAccess: Access = {
  credentials(call) {
    const lines = headerLines(call.request, 'authorization')
    return lines.length === 1 ? bearer.exec(lines[0] ?? '')?.[1] : undefined
  },

  // Every token is compared, over digests, so that the time taken tells nothing about them.
  findToken(text, tokens) {
    const digest = digestOf(text)
    let found: KnownToken | undefined
    for (const token of tokens) if (timingSafeEqual(token.digest, digest)) found = token
    return found
  },

  isValid: (token) => token.state !== 'expired',

  authenticate(call) {
    const text = call.behaviour.credentials(call)
    if (text === undefined) return unauthenticated('A bearer token is required in the Authorization header.')
    const token = call.behaviour.findToken(text, call.site.tokens.tokens)
    if (token === undefined || !call.behaviour.isValid(token))
      return unauthenticated('The token is invalid or expired.')
    return { tenant: token.state === 'other_tenant' ? 'other' : 'owner' }
  },
}
