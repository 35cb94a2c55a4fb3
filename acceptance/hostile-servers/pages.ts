import type { HostileServer } from './hostile-server.ts'
import { listHead, overrideListSockets, replaceBody } from './list-override.ts'
import { eventAt, page } from './page-text.ts'
import { conformantExcept, httpTarget, someIds } from './serve.ts'
import { writeWithoutEnd } from './unbounded-body.ts'

/** Targets whose pages have no end. */
export const pages: readonly HostileServer[] = [
  {
    name: 'ten-million-events',
    what: 'Returns ten million events for every list.',
    serve: () =>
      conformantExcept(
        overrideListSockets((_reply, socket) => {
          socket.write(`${listHead('Connection: close')}{"data":[`)
          const thousand = `${Array.from({ length: 1_000 }, (_, at) => eventAt(at)).join(',')},`
          writeWithoutEnd(socket, () => thousand, 10_000)
        }),
      ),
    expects: { sentence: /No list of the thread could be read: the body is larger than 8000000 bytes/ },
  },
  {
    name: 'thirty-thousand-events',
    what: 'Returns thirty thousand events for every list, whatever the limit.',
    serve: () => {
      const body = Buffer.from(page(0, 30_000))
      return httpTarget((_request, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(body),
      )
    },
    plan: { maxRunBytes: 60_000_000 },
    expects: {
      findings: ['PAG-02', 'NEG-01'],
      terminal: /reached its budget of 60000000 bytes before everything was judged/,
    },
  },
  {
    name: 'cycling-cursors',
    what: 'Always sets has_more, and pages in a circle of three.',
    serve: () => {
      let at = 0
      return httpTarget((_request, response) => {
        at = (at + 1) % 3
        response.writeHead(200, { 'content-type': 'application/json' }).end(page(at * 20, 20))
      })
    },
    expects: { findings: ['INP-03'] },
  },
  {
    name: 'endless-thread',
    what: 'Returns new events on every page, and always sets has_more.',
    serve: () => {
      let at = 0
      return httpTarget((_request, response) => {
        at += 100
        response.writeHead(200, { 'content-type': 'application/json' }).end(page(at, 100))
      })
    },
    plan: { maxEvents: 200 },
    expects: { findings: ['INP-03'] },
  },
  {
    name: 'cursor-that-stands-still',
    what: 'Returns the first page for every cursor, and always sets has_more.',
    serve: () =>
      conformantExcept(
        replaceBody(() =>
          page(0, 20).replaceAll(someIds.sessionId, 'sess_x').replaceAll(someIds.threadId, 'sthr_x'),
        ),
      ),
    expects: { findings: ['PAG-03'] },
  },
]
