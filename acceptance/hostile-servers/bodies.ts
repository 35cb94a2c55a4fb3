import type { HostileServer } from './hostile-server.ts'
import { listHead, overrideListSockets, replaceBody } from './list-override.ts'
import { page } from './page-text.ts'
import { conformantExcept, httpTarget } from './serve.ts'
import { writeWithoutEnd } from './unbounded-body.ts'

const megabyte = Buffer.alloc(1_000_000, ' ')
const tooLarge = /No list of the thread could be read: the body is larger than 8000000 bytes/

/** Targets whose bodies are too long or no text. */
export const bodies: readonly HostileServer[] = [
  {
    name: 'gigabytes',
    what: 'Sends lists of four gigabytes, announced in Content-Length.',
    serve: () =>
      conformantExcept(
        overrideListSockets((_reply, socket) => {
          socket.write(listHead('Content-Length: 4000000000'))
          writeWithoutEnd(socket, () => megabyte, 4_000)
        }),
      ),
    expects: { sentence: tooLarge },
  },
  {
    name: 'endless-chunks',
    what: 'Sends an endless chunked body.',
    serve: () =>
      conformantExcept(
        overrideListSockets((_reply, socket) => {
          socket.write(listHead('Transfer-Encoding: chunked'))
          const size = megabyte.length.toString(16)
          writeWithoutEnd(socket, () => `${size}\r\n${megabyte.toString()}\r\n`)
        }),
      ),
    expects: { sentence: tooLarge },
  },
  {
    name: 'pages-of-seven-megabytes',
    what: 'Returns the same page for every list, just below the body limit.',
    serve: () => {
      const body = Buffer.from(page(0, 100, `"padding":"${'é'.repeat(35_000)}"`))
      return httpTarget((_request, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(body),
      )
    },
    expects: {
      findings: ['PAG-02', 'NEG-01'],
      terminal: /reached its budget of 200000000 bytes before everything was judged/,
    },
  },
  {
    name: 'empty-bodies',
    what: 'Returns 200 without a body for lists.',
    serve: () => conformantExcept(replaceBody(() => '')),
    expects: { findings: ['ENV-02'], saying: /not JSON/ },
  },
  {
    name: 'no-utf-8',
    what: 'Sends invalid UTF-8 in every text.',
    serve: () =>
      conformantExcept(
        replaceBody(({ body }) =>
          Buffer.from(Buffer.from(body).toString('latin1').replaceAll('"evt_', '"evt_\xff\xfe'), 'latin1'),
        ),
      ),
    expects: { findings: ['ENV-02'], saying: /not valid UTF-8/ },
  },
]
