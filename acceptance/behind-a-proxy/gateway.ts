import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http'
import { type Running, started } from './forward-proxy.ts'

/** Answers some requests in place of the API, or does something before they are passed on. */
export type Interference = (
  place: number,
  request: IncomingMessage,
  response: ServerResponse,
) => boolean | Promise<boolean>

const passOn: Interference = () => false

/** Starts a gateway in front of a port. `place` counts the requests to the events route from 1. */
export async function gateway(port: number, interfere: Interference = passOn): Promise<Running> {
  let place = 0
  const server = createServer(async (request, response) => {
    if (request.url?.startsWith('/v1/') === true) {
      place += 1
      if (await interfere(place, request, response)) return
    }
    const { method, url: path } = request
    const onward = forward({ port, method, path, headers: request.rawHeaders }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.rawHeaders)
      response.flushHeaders()
      answer.pipe(response)
      answer.on('error', () => response.destroy())
    })
    onward.on('error', () => response.destroy())
    response.on('close', () => onward.destroy())
    request.pipe(onward)
  })
  return started(server)
}
