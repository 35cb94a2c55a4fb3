import type { WireFailure } from './exchange.ts'

const tlsSentences: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'the TLS certificate has expired',
  CERT_NOT_YET_VALID: 'the TLS certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the TLS certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'the TLS certificate chain holds a self-signed certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the TLS certificate is signed by an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the TLS certificate is signed by an unknown authority',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the TLS certificate is for another host name',
  EPROTO: 'no TLS is spoken at this address',
  ERR_SSL_WRONG_VERSION_NUMBER: 'no TLS is spoken at this address',
}

/** What became of a request, in one clause, from an error of the HTTP client or the socket. */
export function failureOf(error: unknown): WireFailure {
  const code = codeOf(error)
  const tls = tlsSentences[code] ?? (code.startsWith('ERR_SSL') ? 'the TLS handshake failed' : undefined)
  if (tls !== undefined) return { kind: 'tls', message: tls }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return { kind: 'dns', message: 'the host name is not known' }
  if (code === 'ECONNREFUSED') return { kind: 'connect', message: 'the connection was refused' }
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH')
    return { kind: 'connect', message: 'the host could not be reached' }
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT')
    return { kind: 'connect', message: 'no connection could be made in time' }
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET')
    return { kind: 'reset', message: 'the target dropped the connection' }
  if (code.includes('TIMEOUT')) return { kind: 'timeout', message: 'no answer came in time' }
  if (code === 'UND_ERR_INVALID_ARG')
    return { kind: 'unsendable', message: 'the request cannot be written in HTTP/1.1' }
  if (code === 'UND_ERR_ABORTED') return { kind: 'aborted', message: 'the run was stopped' }
  const readable = /^[A-Z_0-9]{3,40}$/.test(code) ? ` (${code})` : ''
  return { kind: 'protocol', message: `the answer is not valid HTTP/1.1${readable}` }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  return error.cause === undefined ? '' : codeOf(error.cause)
}
