import type { Behaviour } from '../../behaviour.ts'
import { headerLines, type RequestContext } from '../../request-context.ts'

/** Also takes the credential from elsewhere. */
export function alsoFrom(take: (call: RequestContext) => string | undefined) {
  return (base: Behaviour): Partial<Behaviour> => ({
    credentials: (call) => base.credentials(call) ?? take(call),
  })
}

/** The Authorization header, or an empty text. */
export function authorization(call: RequestContext): string {
  return headerLines(call.request, 'authorization')[0] ?? ''
}

/** What follows the scheme Bearer. */
export function afterBearer(call: RequestContext): string | undefined {
  return /^Bearer +(.*)$/i.exec(authorization(call))?.[1]
}
