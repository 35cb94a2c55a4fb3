import { expect, test } from 'vitest'
import { bodyFailureOf, failureOf } from './failure.ts'

const coded = (code: string, message = 'at /srv/secret.ts:1') => Object.assign(new Error(message), { code })

test.for<[unknown, string, string]>([
  [coded('ENOTFOUND'), 'dns', 'the host name is unknown'],
  [coded('ECONNREFUSED'), 'connect', 'the connection was refused'],
  [coded('UND_ERR_CONNECT_TIMEOUT'), 'connect', 'connecting timed out'],
  [coded('CERT_HAS_EXPIRED'), 'tls', 'the TLS certificate has expired'],
  [
    coded('UND_ERR_ABORTED', 'Proxy response (407) !== 200 when HTTP Tunneling'),
    'connect',
    'the proxy requires authentication (407)',
  ],
  [coded('EPROTO', 'ssl3_get_record:wrong version number'), 'tls', 'the server does not use TLS'],
  [coded('EPROTO', 'alert handshake failure'), 'tls', 'the TLS handshake failed (EPROTO)'],
  [coded('ERR_SSL_NO_CIPHER_MATCH'), 'tls', 'the TLS handshake failed (ERR_SSL_NO_CIPHER_MATCH)'],
  [coded('ECONNRESET'), 'reset', 'the target dropped the connection'],
  [coded('UND_ERR_HEADERS_OVERFLOW'), 'too-large', 'the response headers are too large'],
  [coded('UND_ERR_INVALID_ARG'), 'unsendable', 'the request cannot be written in HTTP/1.1'],
  [coded('UND_ERR_DESTROYED'), 'aborted', 'the run was stopped'],
  [coded('HPE_INVALID_VERSION'), 'protocol', 'the response is not valid HTTP/1.1 (HPE_INVALID_VERSION)'],
  [new Error('pat_secret'), 'protocol', 'the response is not valid HTTP/1.1'],
  ['thrown text', 'protocol', 'the response is not valid HTTP/1.1'],
  [undefined, 'protocol', 'the response is not valid HTTP/1.1'],
])('%s is %s: %s', ([error, kind, message]) => {
  expect(failureOf(error)).toEqual({ kind, message })
})

test('the cause of a wrapping error counts', () => {
  const wrapped = new Error('fetch failed', { cause: new Error('inner', { cause: coded('EAI_AGAIN') }) })
  expect(failureOf(wrapped).kind).toBe('dns')
})

test('a truncated body and one that cannot be decoded are distinguished', () => {
  expect(bodyFailureOf(coded('ECONNRESET'))).toEqual({
    kind: 'reset',
    message: 'the response ended prematurely',
  })
  for (const code of ['Z_DATA_ERROR', 'Z_BUF_ERROR', 'ERR__ERROR_FORMAT_PADDING_1'])
    expect(bodyFailureOf(coded(code)).kind).toBe('encoding')
})
