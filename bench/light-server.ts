// A server of one long thread that has each page ready: what reading it costs is the reader's alone.
import { createServer, type ServerResponse } from 'node:http'
import { pipeline, Readable } from 'node:stream'
import { idAt, longThreadEvent, placeOf, typeAt } from './long-thread.ts'

const length = Number(process.argv[2])
const pages = new Map<string, Buffer>()
const blocks: Buffer[] = []

function page(from: number, to: number, descending: boolean): Buffer {
  const key = `${from} ${to} ${descending}`
  const known = pages.get(key)
  if (known !== undefined) return known
  const places = Array.from({ length: Math.max(0, to - from) }, (_, at) =>
    descending ? to - 1 - at : from + at,
  )
  const [first, last] = [places.at(0), places.at(-1)]
  const id = (at: number | undefined) => (at === undefined ? 'null' : `"${idAt(at)}"`)
  const more = descending ? from > 0 : to < length
  const made = Buffer.from(
    `{"data":[${places.map(longThreadEvent).join(',')}],"first_id":${id(first)},"last_id":${id(last)},"has_more":${more}}`,
  )
  pages.set(key, made)
  return made
}

function stream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  // The reader leaves when it has all events.
  pipeline(Readable.from(allFrames()), response, () => undefined)
}

function* allFrames(): Generator<Buffer> {
  for (let from = 0; from < length; from += 100) {
    const block = blocks[from / 100] ?? frames(from, Math.min(100, length - from))
    blocks[from / 100] = block
    yield block
  }
}

function frames(from: number, count: number): Buffer {
  const texts = Array.from({ length: count }, (_, at) => {
    const id = from + at
    return `id: ${idAt(id)}\nevent: ${typeAt(id)}\ndata: ${longThreadEvent(id)}\n\n`
  })
  return Buffer.from(texts.join(''))
}

const server = createServer((request, response) => {
  if (request.headers.accept === 'text/event-stream') return stream(response)
  const query = new URL(request.url ?? '', 'http://localhost').searchParams
  const limit = Number(query.get('limit') ?? 20)
  const descending = query.get('order') === 'desc'
  const after = query.get('after_id')
  const cursor = after === null ? (descending ? length : -1) : placeOf(after)
  const from = descending ? Math.max(0, cursor - limit) : cursor + 1
  const to = descending ? cursor : Math.min(length, cursor + 1 + limit)
  const body = page(from, to, descending)
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
  response.end(body)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address !== 'string') process.stdout.write(`${address.port}\n`)
})
