import type { IncomingMessage } from 'node:http'
import { type JsonValue, parseJson } from '../../contract/json.ts'
import { type Denial, invalid } from '../behaviour/denial.ts'

/** Bytes that the body of a control request may have. */
export const maxBodyBytes = 64 * 1024 * 1024

/** The JSON value of a request's body: UTF-8, bounded. */
export async function readJsonBody(message: IncomingMessage): Promise<{ json: JsonValue } | Denial> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > maxBodyBytes) return { ...invalid('The request body is too large.'), status: 413 }
    chunks.push(bytes)
  }
  try {
    const json = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
    return json === undefined ? invalid('The request body is not JSON in UTF-8.') : { json }
  } catch {
    return invalid('The request body is not JSON in UTF-8.')
  }
}
