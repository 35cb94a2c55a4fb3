import { wrongTokens } from '../check/wrong-tokens.ts'
import type { TokenTexts } from '../reference/in-process.ts'
import { unknownToken } from '../wire/derived-tokens.ts'
import { SecretRegistry } from '../wire/secrets.ts'

/** The record of a run holds no token: these take the places that it names. Like real ones they differ early. */
export const standIns: TokenTexts = {
  active: 'pat_aZActiveTokenThatStandsIn0000',
  expired: 'pat_bYExpiredTokenThatStandsIn000',
  otherTenant: 'pat_cXOtherTenantThatStandsIn0000',
}

const texts = new Map<string, string>([
  ['CONFORMANCE_TOKEN', standIns.active],
  ['CONFORMANCE_EXPIRED_TOKEN', standIns.expired],
  ['CONFORMANCE_OTHER_TENANT_TOKEN', standIns.otherTenant],
  ['UNKNOWN_TOKEN', unknownToken],
  ['TOKEN_AS_BASIC', Buffer.from(`${standIns.active}:`).toString('base64')],
  ...wrongTokens(standIns.active).flatMap(({ name, token }): [string, string][] =>
    name === undefined ? [] : [[name, token]],
  ),
])

/** Every text that a target must not repeat, in any form. */
export const standInSecrets = new SecretRegistry()
for (const [name, text] of texts) standInSecrets.add(name, text)

/** The text with the name of every token replaced by one that stands in for it. */
export function withTokens(text: string): string {
  return text.includes('$')
    ? text.replace(/\$([A-Z][A-Z0-9_]*)/g, (whole, name: string) => texts.get(name) ?? whole)
    : text
}
