import { randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'

/** Milliseconds that a broken connection stays open, so that the reply is not lost to a reset. */
const lingerMs = 1_000

const answered = new WeakSet<Duplex>()

/**
 * Answers what node cannot parse as a request (its `clientError`) with the error envelope. The connection
 * ends then, since the start of a next request cannot be found.
 */
export function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (answered.has(socket)) return
  answered.add(socket)
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  socket.end(malformedReply(error.code))
  const timer = setTimeout(() => socket.destroy(), lingerMs)
  socket.once('close', () => clearTimeout(timer))
}

function malformedReply(code: string | undefined): string {
  const [status, message] =
    code === 'HPE_HEADER_OVERFLOW'
      ? ['431 Request Header Fields Too Large', 'The request line and headers are too long.']
      : code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ['408 Request Timeout', 'The request took too long to arrive.']
        : ['400 Bad Request', 'The request is not valid HTTP.']
  const requestId = `req_${randomBytes(12).toString('hex')}`
  const body = JSON.stringify({
    type: 'error',
    error: { type: 'invalid_request_error', message },
    request_id: requestId,
  })
  const head = [
    `HTTP/1.1 ${status}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `request-id: ${requestId}`,
    'connection: close',
  ]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}

/** Answers CONNECT, which node hands over apart from all other requests. */
export function refuseConnect(_message: unknown, socket: Duplex): void {
  socket.on('error', () => socket.destroy())
  refuseMalformed(new Error('CONNECT is not offered.'), socket)
}
