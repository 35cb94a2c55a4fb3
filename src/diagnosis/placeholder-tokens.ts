import type { TokenTexts } from '../reference/in-process.ts'
import { invalidTokens } from '../targets/invalid-tokens.ts'
import { unknownToken } from '../wire/derived-tokens.ts'
import { SecretRegistry } from '../wire/secrets.ts'

/** The record of a run holds no token: these take the places that it names. Like real ones they differ early. */
export const placeholderTokens: TokenTexts = {
  active: 'pat_aZActiveTokenThatStandsIn0000',
  expired: 'pat_bYExpiredTokenThatStandsIn000',
  otherTenant: 'pat_cXOtherTenantThatStandsIn0000',
}

const texts = new Map<string, string>([
  ['CONFORMANCE_TOKEN', placeholderTokens.active],
  ['CONFORMANCE_EXPIRED_TOKEN', placeholderTokens.expired],
  ['CONFORMANCE_OTHER_TENANT_TOKEN', placeholderTokens.otherTenant],
  ['UNKNOWN_TOKEN', unknownToken],
  ['TOKEN_AS_BASIC', Buffer.from(`${placeholderTokens.active}:`).toString('base64')],
  ...invalidTokens(placeholderTokens.active).flatMap(({ name, token }): [string, string][] =>
    name === undefined ? [] : [[name, token]],
  ),
])

/** Every text that a target must not repeat, in any form. */
export const placeholderSecrets = new SecretRegistry()
for (const [name, text] of texts) placeholderSecrets.add(name, text)

/** The text with the name of every token replaced by one that stands in for it. */
export function fillTokens(text: string): string {
  return text.includes('$')
    ? text.replace(/\$([A-Z][A-Z0-9_]*)/g, (whole, name: string) => texts.get(name) ?? whole)
    : text
}
