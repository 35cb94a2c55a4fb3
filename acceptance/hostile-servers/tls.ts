import { createServer, request } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type Kind, makeCertificate } from './certificates.ts'
import { type HostileServer, impatient, type OpenServer } from './hostile-server.ts'
import { conformantExcept, opened, rawTarget } from './serve.ts'

/** Ids are to be looked for. */
const noIds = {}

/** The reference server behind TLS. */
async function behindTls(kind: Kind, trusted = false) {
  const certificate = await makeCertificate(kind)
  const inner = await conformantExcept(() => ({}))
  const { hostname, port } = new URL(inner.baseUrl)
  const server = createTlsServer(certificate, (incoming, outgoing) => {
    const { method, url, rawHeaders } = incoming
    const onward = request({ hostname, port, method, path: url, headers: rawHeaders }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.rawHeaders)
      outgoing.flushHeaders()
      answer.pipe(outgoing)
      outgoing.on('close', () => answer.destroy())
    })
    onward.on('error', () => outgoing.destroy())
    onward.end()
  })
  const outer = await opened(server, noIds, 'https')
  const target: OpenServer = {
    ...outer,
    token: inner.token ?? '',
    ...(trusted ? { env: { NODE_EXTRA_CA_CERTS: certificate.caFile } } : {}),
    async close() {
      await outer.close()
      await inner.close()
      await certificate.remove()
    },
  }
  return target
}

function asHttps(target: OpenServer): OpenServer {
  return { ...target, baseUrl: target.baseUrl.replace('http://', 'https://') }
}

/** Targets that are wrong in TLS, and one that is right for those who know its authority. */
export const tls: readonly HostileServer[] = [
  {
    name: 'tls-expired',
    what: 'Presents an expired certificate.',
    serve: () => behindTls('expired', true),
    expects: { sentence: /could not be reached: the TLS certificate has expired\./ },
  },
  {
    name: 'tls-self-signed',
    what: 'Presents a self-signed certificate.',
    serve: () => behindTls('self-signed'),
    expects: { sentence: /could not be reached: the TLS certificate is self-signed\./ },
  },
  {
    name: 'tls-wrong-name',
    what: 'Presents a certificate for another host.',
    serve: () => behindTls('other-name', true),
    expects: { sentence: /could not be reached: the TLS certificate is for another host name\./ },
  },
  {
    name: 'tls-unknown-authority',
    what: 'Presents a certificate of an unknown authority.',
    serve: () => behindTls('private'),
    expects: { sentence: /could not be reached: the TLS certificate is signed by an unknown authority\./ },
  },
  {
    name: 'tls-private-authority',
    what: 'Presents a certificate of a private authority that NODE_EXTRA_CA_CERTS names.',
    serve: () => behindTls('private', true),
    expects: { passes: true },
  },
  {
    name: 'tls-never-shakes-hands',
    what: 'Accepts connections on an https address and never starts TLS.',
    serve: async () => asHttps(await rawTarget(() => undefined)),
    plan: impatient,
    expects: { sentence: /could not be reached: connecting timed out/ },
  },
  {
    name: 'no-tls-at-all',
    what: 'Serves plain HTTP on an https address.',
    serve: async () => asHttps(await opened(createServer((_request, response) => response.end('{}')))),
    expects: { sentence: /could not be reached: the server does not use TLS\./ },
  },
]
