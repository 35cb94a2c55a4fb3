import type { ServerResponse } from 'node:http'
import type { JsonValue } from '../../contract/json.ts'
import type { RequestContext } from '../request-context.ts'

/** Sends a JSON answer of the routes beside the events route, which no fault touches. */
export function sendJson(
  call: RequestContext,
  response: ServerResponse,
  status: number,
  body: JsonValue,
): void {
  const bytes = Buffer.from(JSON.stringify(body))
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'request-id': call.requestId,
    'content-length': bytes.length,
  })
  response.end(bytes)
}

/** 204, or any other answer without a body. */
export function sendEmpty(call: RequestContext, response: ServerResponse, status: number): void {
  response.writeHead(status, { 'request-id': call.requestId })
  response.end()
}
