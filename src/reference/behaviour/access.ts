import { timingSafeEqual } from 'node:crypto'
import type { Access } from '../behaviour.ts'
import { headerLines } from '../request-context.ts'
import { digestOf, type KnownToken } from '../store/token-table.ts'
import { unauthenticated } from './denial.ts'

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
    const token = call.behaviour.findToken(text, call.serverState.tokens.tokens)
    if (token === undefined || !call.behaviour.isValid(token))
      return unauthenticated('The token is invalid or expired.')
    return { tenant: token.state === 'other_tenant' ? 'other' : 'owner' }
  },
}
