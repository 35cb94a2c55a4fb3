import type { FailureKind, WireFailure } from './exchange.ts'

const sentences: Readonly<Record<string, readonly [FailureKind, string]>> = {
  CERT_HAS_EXPIRED: ['tls', 'the TLS certificate has expired'],
  CERT_NOT_YET_VALID: ['tls', 'the TLS certificate is not valid yet'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['tls', 'the TLS certificate is self-signed'],
  SELF_SIGNED_CERT_IN_CHAIN: ['tls', 'the TLS certificate chain contains a self-signed certificate'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['tls', 'the TLS certificate is signed by an unknown authority'],
  UNABLE_TO_GET_ISSUER_CERT: ['tls', 'the TLS certificate is signed by an unknown authority'],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['tls', 'the TLS certificate is signed by an unknown authority'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['tls', 'the TLS certificate is for another host name'],
  ERR_SSL_WRONG_VERSION_NUMBER: ['tls', 'the server does not use TLS'],
  ERR_SSL_PACKET_LENGTH_TOO_LONG: ['tls', 'the server does not use TLS'],
  ENOTFOUND: ['dns', 'the host name is unknown'],
  EAI_AGAIN: ['dns', 'the host name could not be looked up'],
  ECONNREFUSED: ['connect', 'the connection was refused'],
  EHOSTUNREACH: ['connect', 'the host could not be reached'],
  ENETUNREACH: ['connect', 'the host could not be reached'],
  UND_ERR_CONNECT_TIMEOUT: ['connect', 'connecting timed out'],
  ETIMEDOUT: ['connect', 'connecting timed out'],
  ECONNRESET: ['reset', 'the target dropped the connection'],
  EPIPE: ['reset', 'the target dropped the connection'],
  UND_ERR_SOCKET: ['reset', 'the target dropped the connection'],
  UND_ERR_INVALID_ARG: ['unsendable', 'the request cannot be written in HTTP/1.1'],
  UND_ERR_HEADERS_OVERFLOW: ['too-large', 'the response headers are too large'],
  HPE_HEADER_OVERFLOW: ['too-large', 'the response headers are too large'],
  UND_ERR_DESTROYED: ['aborted', 'the run was stopped'],
  UND_ERR_CLOSED: ['aborted', 'the run was stopped'],
}

/** Why a request failed, in one clause, from an error of the HTTP client or the socket. */
export function failureOf(error: unknown): WireFailure {
  const { code, message } = causeOf(error)
  if (code === 'EPROTO' && /wrong version number|packet length too long|http request/.test(message))
    return { kind: 'tls', message: 'the server does not use TLS' }
  const refusal = /Proxy response \((\d+)\)/.exec(message)
  if (refusal?.[1] === '407') return { kind: 'connect', message: 'the proxy requires authentication (407)' }
  if (refusal !== null)
    return { kind: 'connect', message: `the proxy refused the connection with status ${refusal[1]}` }
  const known = sentences[code]
  if (known !== undefined) return { kind: known[0], message: known[1] }
  const readable = /^[A-Z_0-9]{3,40}$/.test(code) ? ` (${code})` : ''
  if (/^(EPROTO$|ERR_SSL|ERR_TLS|CERT_|CRL_|UNABLE_TO_)/.test(code))
    return { kind: 'tls', message: `the TLS handshake failed${readable}` }
  return { kind: 'protocol', message: `the response is not valid HTTP/1.1${readable}` }
}

/** Why the body of a response failed after its headers. */
export function bodyFailureOf(error: unknown): WireFailure {
  if (/^(Z_|ERR__ERROR_|ERR_BROTLI|ERR_PADDING)/.test(causeOf(error).code))
    return { kind: 'encoding', message: 'the body does not match its Content-Encoding' }
  const { kind, message } = failureOf(error)
  const brokeOff = kind === 'reset' || kind === 'protocol'
  return { kind, message: brokeOff ? 'the response ended prematurely' : message }
}

// A wrapping error has no code of its own.
function causeOf(error: unknown): { readonly code: string; readonly message: string } {
  if (!(error instanceof Error)) return { code: '', message: '' }
  if ('code' in error && typeof error.code === 'string') return { code: error.code, message: error.message }
  return error.cause === undefined ? { code: '', message: error.message } : causeOf(error.cause)
}
