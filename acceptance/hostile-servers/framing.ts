import { type HostileServer, impatient } from './hostile-server.ts'
import { head, listHead, overrideListSockets } from './list-override.ts'
import { conformantExcept, httpTarget, rawTarget } from './serve.ts'
import { writeSlowly, writeWithoutEnd } from './unbounded-body.ts'

const droppedConnection = /could not be reached: the target dropped the connection/
const noAnswer = /could not be reached: no response within 700 ms/
const notHttp = /could not be reached: the response is not valid HTTP\/1\.1/

/** Targets that are wrong below the answer: connections, heads and the framing of bodies. */
export const framing: readonly HostileServer[] = [
  {
    name: 'accepts-and-is-silent',
    what: 'Accepts connections and never answers.',
    serve: () => rawTarget(() => undefined),
    plan: impatient,
    expects: { sentence: noAnswer },
  },
  {
    name: 'answers-too-late',
    what: 'Answers only after the deadline.',
    serve: () =>
      httpTarget((_request, response) => {
        setTimeout(() => response.end('{}'), 2_000)
      }),
    plan: impatient,
    expects: { sentence: noAnswer },
  },
  {
    name: 'drips-the-head',
    what: 'Sends response headers one byte per second.',
    serve: () =>
      rawTarget((socket) => writeSlowly(socket, Buffer.from(listHead('Content-Length: 2')), 1_000)),
    plan: impatient,
    expects: { sentence: noAnswer },
  },
  {
    name: 'drips-the-body',
    what: 'Sends the body of a list one byte per second.',
    serve: () =>
      conformantExcept(
        overrideListSockets(({ body }, socket) => {
          socket.write(listHead(`Content-Length: ${body.length}`))
          writeSlowly(socket, body, 1_000)
        }),
      ),
    plan: impatient,
    expects: { findings: ['INP-01'], saying: /did not end in time/ },
  },
  {
    name: 'resets-on-connect',
    what: 'Resets every connection immediately.',
    serve: () =>
      rawTarget(
        () => undefined,
        (socket) => socket.resetAndDestroy(),
      ),
    expects: { sentence: droppedConnection },
  },
  {
    name: 'resets-on-request',
    what: 'Resets the connection on receiving a request.',
    serve: () => rawTarget((socket) => socket.resetAndDestroy()),
    expects: { sentence: droppedConnection },
  },
  {
    name: 'resets-within-the-head',
    what: 'Resets the connection in the middle of the headers.',
    serve: () =>
      rawTarget((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-', () => socket.resetAndDestroy())),
    expects: { sentence: droppedConnection },
  },
  {
    name: 'resets-after-the-head',
    what: 'Resets the connection after sending the headers of a list.',
    serve: () =>
      conformantExcept(
        overrideListSockets((_reply, socket) =>
          socket.write(listHead('Content-Length: 5000'), () =>
            setTimeout(() => socket.resetAndDestroy(), 20),
          ),
        ),
      ),
    expects: { findings: ['INP-01'], saying: /ended prematurely/ },
  },
  {
    name: 'resets-within-the-body',
    what: 'Resets the connection in the middle of the body of a list.',
    serve: () =>
      conformantExcept(
        overrideListSockets(({ body }, socket) => {
          socket.write(listHead(`Content-Length: ${body.length}`))
          socket.write(body.subarray(0, body.length / 2), () =>
            setTimeout(() => socket.resetAndDestroy(), 20),
          )
        }),
      ),
    expects: { findings: ['INP-01'], saying: /ended prematurely/ },
  },
  {
    name: 'length-too-large',
    what: 'Sends a Content-Length larger than the body, and closes the connection.',
    serve: () =>
      conformantExcept(
        overrideListSockets(({ body }, socket) => {
          socket.write(listHead(`Content-Length: ${body.length + 1000}`))
          socket.end(body)
        }),
      ),
    expects: { findings: ['INP-01'], saying: /ended prematurely/ },
  },
  {
    name: 'length-too-large-and-open',
    what: 'Sends a Content-Length larger than the body, and keeps the connection open.',
    serve: () =>
      conformantExcept(
        overrideListSockets(({ body }, socket) => {
          socket.write(listHead(`Content-Length: ${body.length + 1000}`))
          socket.write(body)
        }),
      ),
    plan: impatient,
    expects: { findings: ['INP-01'], saying: /did not end in time/ },
  },
  {
    name: 'length-too-small',
    what: 'Sends a Content-Length smaller than the body.',
    serve: () =>
      conformantExcept(
        overrideListSockets(({ body }, socket) => {
          socket.write(listHead(`Content-Length: ${Math.floor(body.length / 2)}`))
          socket.write(body)
        }),
      ),
    expects: { findings: ['ENV-02'], saying: /not JSON/ },
  },
  {
    name: 'length-not-a-number',
    what: 'Sends a Content-Length that is not a number.',
    serve: () => rawTarget((socket) => socket.write(`${listHead('Content-Length: 0x10')}0123456789abcdef`)),
    expects: { sentence: notHttp },
  },
  {
    name: 'two-lengths',
    what: 'Sends two different Content-Length headers.',
    serve: () =>
      rawTarget((socket) => socket.write(`${listHead('Content-Length: 2', 'Content-Length: 20')}{}`)),
    expects: { sentence: notHttp },
  },
  {
    name: 'both-framings',
    what: 'Sends both Content-Length and chunked encoding, as in request smuggling.',
    serve: () =>
      rawTarget((socket) =>
        socket.write(`${listHead('Content-Length: 4', 'Transfer-Encoding: chunked')}2\r\n{}\r\n0\r\n\r\n`),
      ),
    expects: { sentence: notHttp },
  },
  {
    name: 'chunks-without-sizes',
    what: 'Declares chunked encoding and sends no chunk sizes.',
    serve: () =>
      conformantExcept(
        overrideListSockets(({ body }, socket) => {
          socket.write(listHead('Transfer-Encoding: chunked'))
          socket.end(body)
        }),
      ),
    expects: { findings: ['INP-01'], saying: /ended prematurely/ },
  },
  {
    name: 'endless-headers',
    what: 'Sends endless header lines.',
    serve: () =>
      rawTarget((socket) => {
        socket.write('HTTP/1.1 200 OK\r\n')
        writeWithoutEnd(socket, () => `X-Filler: ${'x'.repeat(1000)}\r\n`)
      }),
    expects: { sentence: /the response headers are too large/ },
  },
  {
    name: 'endless-interim-answers',
    what: 'Sends endless 103 responses and never a final one.',
    serve: () =>
      rawTarget((socket) =>
        writeWithoutEnd(socket, () => head('HTTP/1.1 103 Early Hints', 'Link: </a>; rel=preload')),
      ),
    plan: impatient,
    expects: { sentence: noAnswer },
  },
  {
    name: 'switches-protocols',
    what: 'Returns 101 and switches to another protocol.',
    serve: () =>
      rawTarget((socket) =>
        socket.write(head('HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade')),
      ),
    expects: { sentence: /could not be reached: / },
  },
  {
    name: 'cut-http-1.0',
    what: 'Answers in HTTP/1.0 without a length, and closes before the body is complete.',
    serve: () =>
      conformantExcept(
        overrideListSockets(({ body }, socket) => {
          socket.write(head('HTTP/1.0 200 OK', 'Content-Type: application/json'))
          socket.end(body.subarray(0, body.length - 5))
        }),
      ),
    expects: { findings: ['ENV-02'], saying: /not JSON/ },
  },
  {
    name: 'not-http',
    what: 'Sends the banner of an SSH server.',
    serve: () =>
      rawTarget(
        () => undefined,
        (socket) => socket.write('SSH-2.0-OpenSSH_9.6\r\n'),
      ),
    expects: { sentence: /could not be reached: / },
  },
  {
    name: 'answers-unasked',
    what: 'Sends a second, unrequested response after each list.',
    serve: () =>
      conformantExcept(
        overrideListSockets((_reply, socket) =>
          socket.write(`${listHead('Content-Length: 2')}{}${listHead('Content-Length: 2')}[]`),
        ),
      ),
    expects: { findings: ['ENV-01'] },
  },
  {
    name: 'plain-http-1.0',
    what: 'Answers lists in HTTP/1.0 after a 103, with a body that ends when the connection closes.',
    serve: () =>
      conformantExcept(
        overrideListSockets(({ body }, socket) => {
          socket.write(head('HTTP/1.1 103 Early Hints', 'Link: </a>; rel=preload'))
          socket.write(head('HTTP/1.0 200 OK', 'Content-Type: application/json', 'Vary: Accept'))
          socket.end(body)
        }),
      ),
    expects: { passes: true },
  },
]
