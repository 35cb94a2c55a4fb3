import type { SecretRegistry } from '../wire/secrets.ts'
import type { ControlAccess } from './control-access.ts'
import { ControlError } from './control-client.ts'
import type { Target } from './target.ts'
import type { TargetState } from './target-state.ts'

/** The tokens that the configuration names. */
export function configuredTokens({ target }: { readonly target: Target }): TargetState['tokens'] {
  return { active: target.token, expired: target.expiredToken, otherTenant: target.otherTenantToken }
}

/** The configured tokens, completed by tokens that the control protocol makes. Each is hidden in every report. */
export async function furtherTokens(
  plan: { readonly target: Target },
  controlAccess: Pick<ControlAccess, 'token'>,
  secrets: Pick<SecretRegistry, 'add'>,
): Promise<TargetState['tokens']> {
  const { active, expired, otherTenant } = configuredTokens(plan)
  const made = async (state: 'expired' | 'other_tenant', name: string) => {
    const token = await madeToken(controlAccess, state)
    // Where the active token is called expired, what it opens says nothing of expired tokens.
    if (token === undefined || token === active) return undefined
    secrets.add(name, token)
    return token
  }
  return {
    active,
    expired: expired ?? (await made('expired', 'CONFORMANCE_EXPIRED_TOKEN')),
    otherTenant: otherTenant ?? (await made('other_tenant', 'CONFORMANCE_OTHER_TENANT_TOKEN')),
  }
}

// A failure is remembered by the session fixtures, and reported with the run.
async function madeToken(
  controlAccess: Pick<ControlAccess, 'token'>,
  state: 'expired' | 'other_tenant',
): Promise<string | undefined> {
  try {
    return await controlAccess.token(state)
  } catch (error) {
    if (!(error instanceof ControlError)) throw error
    return undefined
  }
}
