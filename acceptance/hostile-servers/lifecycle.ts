import { startReferenceServer } from '../../src/reference/server.ts'
import type { HostileServer, OpenServer } from './hostile-server.ts'
import { conformantExcept, httpTarget } from './serve.ts'

const serverError = '{"type":"error","error":{"type":"api_error","message":"Something went wrong."}}'

/** The reference server, gone after some requests, and back on the same port after a time, or never. */
async function mortal(requests: number, backAfterMs: number | undefined): Promise<OpenServer> {
  let seen = 0
  let gone = false
  let revival: NodeJS.Timeout | undefined
  const inner = await startReferenceServer({
    behaviour: (base) => ({
      transmit(call, reply, response) {
        seen += 1
        if (seen >= requests && !gone) {
          gone = true
          die()
        }
        if (gone) response.destroy()
        else return base.transmit(call, reply, response)
        return undefined
      },
    }),
  })
  const die = () => {
    if (backAfterMs !== undefined)
      revival = setTimeout(() => {
        gone = false
        seen = Number.NEGATIVE_INFINITY
      }, backAfterMs)
  }
  return {
    baseUrl: inner.baseUrl,
    token: inner.token,
    close() {
      clearTimeout(revival)
      return inner.close()
    },
  }
}

/** Targets that die, fail and come back. */
export const lifecycle: readonly HostileServer[] = [
  {
    name: 'dies-in-mid-run',
    what: 'Answers eighty requests and then drops every connection.',
    serve: () => mortal(80, undefined),
    expects: { sentence: /went down during the run/ },
  },
  {
    name: 'dies-and-comes-back',
    what: 'Drops every connection for a while in the middle of the run.',
    serve: () => mortal(80, 300),
    // A gap that retries bridge counts as a gateway's.
    expects: { passes: true },
  },
  {
    name: 'nobody-there',
    what: 'Stops before the run begins.',
    serve: async () => {
      const target = await httpTarget((_request, response) => response.end())
      await target.close()
      return { ...target, close: () => Promise.resolve() }
    },
    expects: { sentence: /could not be reached: the connection was refused\./ },
  },
  {
    name: 'always-500',
    what: 'Returns 500 for every request.',
    serve: () =>
      httpTarget((_request, response) =>
        response.writeHead(500, { 'content-type': 'application/json' }).end(serverError),
      ),
    expects: { findings: ['INP-04'] },
  },
  {
    name: 'every-third-500',
    what: 'Returns 500 for every third list.',
    serve: () =>
      conformantExcept((base) => ({
        transmit(call, reply, response) {
          if (call.number % 3 !== 0) return base.transmit(call, reply, response)
          response.writeHead(500, { 'content-type': 'application/json' }).end(serverError)
          return undefined
        },
      })),
    expects: { findings: ['INP-04'] },
  },
  {
    name: 'unavailable-for-a-day',
    what: 'Returns 503 for every request, with a Retry-After of one day.',
    serve: () =>
      httpTarget((_request, response) =>
        response
          .writeHead(503, { 'content-type': 'application/json', 'retry-after': '86400' })
          .end(serverError),
      ),
    expects: { findings: ['INP-04'], saying: /got 503/ },
  },
  {
    name: 'slow-for-ever',
    what: 'Takes 900 milliseconds for every response, so that the run exceeds its time budget.',
    serve: () =>
      conformantExcept((base) => ({
        async authenticate(call) {
          await new Promise((resolve) => setTimeout(resolve, 900))
          return base.authenticate(call)
        },
      })),
    plan: { runTimeoutMs: 4_000 },
    expects: { sentence: /The run reached its time budget of 4000 ms before everything was judged\./ },
  },
]
