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
    what: 'Answers when the deadline is over.',
    serve: () =>
      httpTarget((_request, response) => {
        setTimeout(() => response.end('{}'), 2_000)
      }),
    plan: impatient,
    expects: { sentence: noAnswer },
  },
  {
    name: 'drips-the-head',
    what: 'Sends its heads a byte a second.',
    serve: () =>
      rawTarget((socket) => writeSlowly(socket, Buffer.from(listHead('Content-Length: 2')), 1_000)),
    plan: impatient,
    expects: { sentence: noAnswer },
  },
  {
    name: 'drips-the-body',
    what: 'Sends the bodies of its lists a byte a second.',
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
    what: 'Resets every connection as soon as it is made.',
    serve: () =>
      rawTarget(
        () => undefined,
        (socket) => socket.resetAndDestroy(),
      ),
    expects: { sentence: droppedConnection },
  },
  {
    name: 'resets-on-request',
    what: 'Resets the connection when a request comes.',
    serve: () => rawTarget((socket) => socket.resetAndDestroy()),
    expects: { sentence: droppedConnection },
  },
  {
    name: 'resets-within-the-head',
    what: 'Resets the connection in the middle of the head.',
    serve: () =>
      rawTarget((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-', () => socket.resetAndDestroy())),
    expects: { sentence: droppedConnection },
  },
  {
    name: 'resets-after-the-head',
    what: 'Resets the connection when the head of a list is out.',
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
    what: 'Names a Content-Length that is larger than the body, and closes.',
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
    what: 'Names a Content-Length that is larger than the body, and waits.',
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
    what: 'Names a Content-Length that is smaller than the body.',
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
    what: 'Names a Content-Length that is no number.',
    serve: () => rawTarget((socket) => socket.write(`${listHead('Content-Length: 0x10')}0123456789abcdef`)),
    expects: { sentence: notHttp },
  },
  {
    name: 'two-lengths',
    what: 'Names two different Content-Lengths.',
    serve: () =>
      rawTarget((socket) => socket.write(`${listHead('Content-Length: 2', 'Content-Length: 20')}{}`)),
    expects: { sentence: notHttp },
  },
  {
    name: 'both-framings',
    what: 'Frames its bodies by Content-Length and chunked at once, as in request smuggling.',
    serve: () =>
      rawTarget((socket) =>
        socket.write(`${listHead('Content-Length: 4', 'Transfer-Encoding: chunked')}2\r\n{}\r\n0\r\n\r\n`),
      ),
    expects: { sentence: notHttp },
  },
  {
    name: 'chunks-without-sizes',
    what: 'Says chunked and sends no chunk sizes.',
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
    what: 'Sends header lines without end.',
    serve: () =>
      rawTarget((socket) => {
        socket.write('HTTP/1.1 200 OK\r\n')
        writeWithoutEnd(socket, () => `X-Filler: ${'x'.repeat(1000)}\r\n`)
      }),
    expects: { sentence: /the response headers are too large/ },
  },
  {
    name: 'endless-interim-answers',
    what: 'Sends 103 answers without end and never the real one.',
    serve: () =>
      rawTarget((socket) =>
        writeWithoutEnd(socket, () => head('HTTP/1.1 103 Early Hints', 'Link: </a>; rel=preload')),
      ),
    plan: impatient,
    expects: { sentence: noAnswer },
  },
  {
    name: 'switches-protocols',
    what: 'Answers 101 and speaks another protocol from then on.',
    serve: () =>
      rawTarget((socket) =>
        socket.write(head('HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade')),
      ),
    expects: { sentence: /could not be reached: / },
  },
  {
    name: 'cut-http-1.0',
    what: 'Answers in HTTP/1.0 without a length, and closes before the body is whole.',
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
    what: 'Greets with the banner of an SSH server.',
    serve: () =>
      rawTarget(
        () => undefined,
        (socket) => socket.write('SSH-2.0-OpenSSH_9.6\r\n'),
      ),
    expects: { sentence: /could not be reached: / },
  },
  {
    name: 'answers-unasked',
    what: 'Sends a second answer after each list, which nobody asked for.',
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
    what: 'Answers lists in HTTP/1.0, which ends with the connection, after a 103.',
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
