import { createServer } from 'node:http'
import type { Alter } from '../../reference/behaviour.ts'
import { createReferenceServer } from '../../reference/server.ts'
import type { ZooTarget } from '../zoo/member.ts'
import { opened, rawTarget, smallWorld, someIds } from '../zoo/serve.ts'
import { planted } from './secrets.ts'
import { spellings } from './spellings.ts'

/** Every spelling of every secret, as a log line of a careless server would hold them. */
const everything = Object.values(planted).flatMap((secret) =>
  spellings.map(([name, write]) => `${name}: ${write(secret)}`),
)

const echoing: Alter = (base) => ({
  credentials(call) {
    const line = call.request.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1]
    return line?.replace(/^Bearer /, '')
  },
  present(call, event) {
    const value = base.present(call, event)
    return typeof value === 'object' && value !== null ? { ...value, echo: everything } : value
  },
  frame: (call, entry) =>
    `: ${everything.join(' ')}\nx-${everything.join(' ')}\n${base.frame(call, entry).replace('id: ', `id: ${planted.active}`)}`,
  listHeaders: (call) => ({
    ...base.listHeaders(call),
    'x-echo': everything,
    'content-type': planted.active,
  }),
  streamHead(call) {
    const head = base.streamHead(call)
    return { ...head, headers: { ...head.headers, 'x-echo': everything } }
  },
  errorHeaders: (call, denial) => ({ ...base.errorHeaders(call, denial), 'x-echo': everything }),
  refuse: (call, denial) =>
    base.refuse(call, {
      ...denial,
      message: `${denial.message} ${everything.join(' ')}`,
      param: planted.expired,
    }),
})

/** Repeats all secrets in bodies, headers, error messages and frames, and conforms otherwise. */
export async function echoingServer(): Promise<ZooTarget & { readonly controlUrl: string }> {
  const server = await createReferenceServer({
    behaviour: echoing,
    token: planted.active,
    world: smallWorld(),
  })
  return { baseUrl: server.baseUrl, controlUrl: server.controlUrl, close: () => server.close() }
}

/** Redirects every request to another origin, with the secrets in the address. */
export function redirectingServer(to: string): Promise<ZooTarget> {
  return opened(
    createServer((request, response) => {
      const secrets = everything.map((text) => encodeURIComponent(text)).join('&')
      response.writeHead(307, { location: `${to}${request.url}?${secrets}`, 'x-echo': everything })
      response.end(everything.join('\n'))
    }),
  )
}

/** Writes the secrets where no text belongs, so that errors of the HTTP client might repeat them. */
export function garblingServer(): Promise<ZooTarget> {
  return rawTarget((socket) => {
    socket.end(
      `HTTP/1.1 200 ${planted.active}\r\n${planted.header} ${planted.active}\u0000\r\n\r\n${everything}`,
    )
  })
}

/** Notes everything that comes, which ought to be nothing. */
export async function strangersServer(): Promise<ZooTarget & { readonly heard: readonly string[] }> {
  const heard: string[] = []
  const target = await opened(
    createServer((request, response) => {
      heard.push(`${request.method} ${request.url} ${request.rawHeaders.join(' ')}`)
      response.end()
    }),
    someIds,
  )
  return { ...target, baseUrl: target.baseUrl.replace('127.0.0.1', 'localhost'), heard }
}
