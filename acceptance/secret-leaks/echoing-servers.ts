import { createServer } from 'node:http'
import type { Override } from '../../src/reference/behaviour.ts'
import { faults } from '../../src/reference/faults/index.ts'
import { startReferenceServer } from '../../src/reference/server.ts'
import { withOverride } from '../../src/reference/standard-behaviour.ts'
import type { OpenServer } from '../hostile-servers/hostile-server.ts'
import { opened, rawTarget, smallWorld, someIds } from '../hostile-servers/serve.ts'
import { encodings } from './secret-encodings.ts'
import { note, plainControl, planted } from './secrets.ts'

/** Every spelling of every secret, as a log line of a careless server would hold them. */
function inEverySpelling(secrets: readonly string[]): string[] {
  return secrets.flatMap((secret) => encodings.map(([name, write]) => `${name}: ${write(secret)}`))
}

const everything = inEverySpelling(Object.values(planted))

/** What a server returns when it receives a control token that it can read. */
const withPlainControl = inEverySpelling([...Object.values({ ...planted, control: plainControl })])

/** Repeats the secrets in a field of every event, and what is private in another. */
const telling =
  (echo: readonly string[]): Override =>
  (base) => ({
    // The tokens hold characters that a Bearer token cannot.
    credentials(call) {
      const line = call.request.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1]
      return line?.replace(/^Bearer /, '')
    },
    present(call, event) {
      const value = base.present(call, event)
      return typeof value === 'object' && value !== null ? { owner_note: note, ...value, echo } : value
    },
  })

const echoing =
  (echo: string[]): Override =>
  (base) => ({
    frame: (call, entry) =>
      `: ${echo.join(' ')}\nx-${echo.join(' ')}\n${base.frame(call, entry).replace('id: ', `id: ${planted.active}`)}`,
    listHeaders: (call) => ({
      ...base.listHeaders(call),
      'x-echo': echo,
      'content-type': planted.active,
    }),
    streamHead(call) {
      const head = base.streamHead(call)
      return { ...head, headers: { ...head.headers, 'x-echo': echo } }
    },
    errorHeaders: (call, denial) => ({ ...base.errorHeaders(call, denial), 'x-echo': echo }),
    refuse: (call, denial) =>
      base.refuse(call, {
        ...denial,
        message: `${denial.message} ${echo.join(' ')}`,
        param: planted.expired,
      }),
  })

interface Controlled extends OpenServer {
  readonly controlUrl: string
}

/** Repeats all secrets in bodies, headers, error messages and frames, and conforms otherwise. */
export function echoingServer() {
  return serverThat(altering(telling(everything), echoing(everything)), planted.control)
}

/** The same with a control token that the server can read, so that its control routes work. */
export function controllableEchoingServer() {
  return serverThat(altering(telling(withPlainControl), echoing(withPlainControl)), plainControl)
}

/** Repeats all secrets in events, and loses what generated data shows alone. */
export function echoingLossyServer() {
  const lossy = faults.find(({ name }) => name === 'null-text-becomes-null')
  if (lossy === undefined) throw new Error('The fault has another name by now.')
  return serverThat(altering(lossy.override, telling(withPlainControl)), plainControl)
}

function altering(...alters: readonly Override[]): Override {
  return (base) => alters.reduce((behaviour, override) => withOverride(override, behaviour), base)
}

async function serverThat(behaviour: Override, controlToken: string): Promise<Controlled> {
  const server = await startReferenceServer({
    behaviour,
    token: planted.active,
    controlToken,
    world: smallWorld(),
  })
  const { baseUrl, controlUrl } = server
  return { baseUrl, controlUrl, close: () => server.close() }
}

/** Redirects every request to another origin, with the secrets in the address. */
export function redirectingServer(to: string): Promise<OpenServer> {
  return opened(
    createServer((request, response) => {
      const secrets = everything.map((text) => encodeURIComponent(text)).join('&')
      response.writeHead(307, { location: `${to}${request.url}?${secrets}`, 'x-echo': everything })
      response.end(everything.join('\n'))
    }),
  )
}

/** Writes the secrets where no text belongs, so that errors of the HTTP client might repeat them. */
export function garblingServer(): Promise<OpenServer> {
  return rawTarget((socket) => {
    socket.end(
      `HTTP/1.1 200 ${planted.active}\r\n${planted.header} ${planted.active}\u0000\r\n\r\n${everything}`,
    )
  })
}

/** Notes everything that comes, which ought to be nothing. */
export async function otherHost(): Promise<OpenServer & { readonly heard: readonly string[] }> {
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
