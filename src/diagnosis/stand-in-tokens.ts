import { unknownToken, wrongTokens } from '../check/wrong-tokens.ts'
import type { TokenTexts } from '../reference/in-process.ts'

/** The record of a run holds no token: these take the places that it names. */
export const standIns: TokenTexts = {
  active: 'pat_aZstandInForTheTokenOfTheRun0',
  expired: 'pat_aZstandInForTheExpiredToken00',
  otherTenant: 'pat_aZstandInForTheOtherTenant000',
}

const texts = new Map<string, string>([
  ['CONFORMANCE_TOKEN', standIns.active],
  ['CONFORMANCE_EXPIRED_TOKEN', standIns.expired],
  ['CONFORMANCE_OTHER_TENANT_TOKEN', standIns.otherTenant],
  ['UNKNOWN_TOKEN', unknownToken],
  ['TOKEN_AS_BASIC', Buffer.from(`user:${standIns.active}`).toString('base64')],
  ...wrongTokens(standIns.active).map(({ name, token }): [string, string] => [name, token]),
])

/** Every text that a target must not repeat. */
export const tokenTexts: readonly string[] = [...texts.values()]

/** The text with the name of every token replaced by one that stands in for it. */
export function withTokens(text: string): string {
  return text.includes('$')
    ? text.replace(/\$([A-Z][A-Z0-9_]*)/g, (whole, name: string) => texts.get(name) ?? whole)
    : text
}
