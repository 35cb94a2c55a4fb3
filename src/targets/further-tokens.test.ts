import { expect, test } from 'vitest'
import { SecretRegistry } from '../wire/secrets.ts'
import { ControlError } from './control-client.ts'
import { furtherTokens } from './further-tokens.ts'
import type { Target } from './target.ts'

const target: Target = {
  baseUrl: 'http://127.0.0.1:9',
  embedded: false,
  token: 'pat_active_1',
  expiredToken: undefined,
  otherTenantToken: undefined,
  controlUrl: 'http://127.0.0.1:9/control',
  controlToken: undefined,
  headers: [],
  proxy: { http: undefined, https: undefined, no: undefined },
  ids: {
    sessionId: undefined,
    threadId: undefined,
    siblingThreadId: undefined,
    otherSessionId: undefined,
    otherThreadId: undefined,
  },
}

test('the control protocol makes the tokens that are not configured, and reports never show them', async () => {
  const secrets = new SecretRegistry()
  const asked: string[] = []
  const token = (state: 'expired' | 'other_tenant') => {
    asked.push(state)
    return Promise.resolve(`pat_made_${state}`)
  }
  const configured = { target: { ...target, expiredToken: 'pat_configured_1' } }
  const tokens = await furtherTokens(configured, { token }, secrets)
  expect(tokens).toEqual({
    active: 'pat_active_1',
    expired: 'pat_configured_1',
    otherTenant: 'pat_made_other_tenant',
  })
  expect(asked).toEqual(['other_tenant'])
  expect(secrets.redact('Bearer pat_made_other_tenant')).toBe('Bearer $CONFORMANCE_OTHER_TENANT_TOKEN')
})

test('without such tokens, and where the active one is returned, nothing is known of them', async () => {
  const secrets = new SecretRegistry()
  const none = { active: 'pat_active_1', expired: undefined, otherTenant: undefined }
  const refuses = () => Promise.reject(new ControlError('POST /tokens was answered 500'))
  for (const token of [() => Promise.resolve(undefined), () => Promise.resolve('pat_active_1'), refuses])
    expect(await furtherTokens({ target }, { token }, secrets)).toEqual(none)
})
