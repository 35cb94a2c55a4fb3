import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { HostileServer } from './hostile-server.ts'
import { overrideLists } from './list-override.ts'
import { conformantExcept } from './serve.ts'

const tooLarge = /No list of the thread could be read: the body is larger than 8000000 bytes/
const notAsSaid = /does not match its Content-Encoding/

/** Megabytes of one character in gzip, member after member, so that it is made at once. */
export function gzipBomb(character: string, megabytes: number): Uint8Array {
  const member = gzipSync(Buffer.alloc(10_000_000, character))
  return Buffer.concat(Array.from({ length: megabytes / 10 }, () => member))
}

function brotliBomb(): Uint8Array {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 1 }
  return brotliCompressSync(Buffer.alloc(100_000_000, ' '), { params })
}

function encoded(encoding: string, bodyOf: (body: Uint8Array) => Uint8Array) {
  return conformantExcept(
    overrideLists(({ body }, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding })
      response.end(bodyOf(body))
    }),
  )
}

/** Targets whose Content-Encoding is a trap or a lie. */
export const compression: readonly HostileServer[] = [
  {
    name: 'gzip-bomb',
    what: 'Compresses a gigabyte of blanks into a megabyte of gzip.',
    serve: () => {
      const packed = gzipBomb(' ', 1_000)
      return encoded('gzip', () => packed)
    },
    expects: { sentence: tooLarge },
  },
  {
    name: 'brotli-bomb',
    what: 'Compresses 100 megabytes of blanks into a few hundred bytes of Brotli.',
    serve: () => {
      const packed = brotliBomb()
      return encoded('br', () => packed)
    },
    expects: { sentence: tooLarge },
  },
  {
    name: 'gzip-that-is-none',
    what: 'Declares gzip and sends plain text.',
    serve: () => encoded('gzip', (body) => body),
    expects: { findings: ['ENV-02'], saying: notAsSaid },
  },
  {
    name: 'brotli-that-is-gzip',
    what: 'Declares Brotli and sends gzip.',
    serve: () => encoded('br', (body) => gzipSync(body)),
    expects: { findings: ['ENV-02'], saying: notAsSaid },
  },
  {
    name: 'gzip-cut-short',
    what: 'Sends truncated gzip.',
    serve: () => encoded('gzip', (body) => gzipSync(body).subarray(0, -20)),
    expects: { findings: ['ENV-02'], saying: notAsSaid },
  },
  {
    name: 'encoding-of-its-own',
    what: 'Declares an unknown Content-Encoding.',
    serve: () => encoded('zigzag', (body) => body),
    expects: { sentence: /No list of the thread could be read: the Content-Encoding is unknown/ },
  },
  {
    name: 'a-hundred-encodings',
    what: 'Declares a hundred encodings on top of each other.',
    serve: () => encoded(Array.from({ length: 100 }, () => 'gzip').join(', '), (body) => gzipSync(body)),
    expects: { sentence: /No list of the thread could be read: the Content-Encoding is unknown/ },
  },
]
