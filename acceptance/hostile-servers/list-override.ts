import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Reply } from '../../src/reference/behaviour/reply.ts'
import type { Override } from '../../src/reference/behaviour.ts'

/** Answers lists in its own way; everything else is answered as it should be. */
export function overrideLists(answer: (reply: Reply, response: ServerResponse) => void): Override {
  return (base) => ({
    transmit(call, reply, response) {
      if (call.query === undefined || reply.status !== 200) return base.transmit(call, reply, response)
      answer(reply, response)
      return undefined
    },
  })
}

/** As {@link overrideLists}, below HTTP: what is written is what goes out. */
export function overrideListSockets(answer: (reply: Reply, socket: Socket) => void): Override {
  return overrideLists((reply, { socket }) => {
    if (socket !== null) answer(reply, socket)
  })
}

/** Sends another body in place of every list, as JSON. */
export function replaceBody(bodyOf: (reply: Reply) => string | Uint8Array): Override {
  return overrideLists((reply, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(bodyOf(reply))
  })
}

/** The head of an answer, line by line, with the empty line at its end. */
export function head(...lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n\r\n`
}

/** The head of a list with these further lines. */
export function listHead(...lines: readonly string[]): string {
  return head('HTTP/1.1 200 OK', 'Content-Type: application/json', ...lines)
}
