// How the vendor of a mock judges it in the mock's own tests.
import { createServer, type Server } from 'node:http'
import { runConformance } from 'thread-events-conformance'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** The mock: one thread that never ends, whatever is asked. */
const mock: Server = createServer((request, response) => {
  response.setHeader('content-type', 'application/json')
  if (request.headers.authorization !== 'Bearer mock-token-1') {
    response.writeHead(401, { 'www-authenticate': 'Bearer' })
    response.end(JSON.stringify({ type: 'error', error: { type: 'authentication_error', message: 'No.' } }))
    return
  }
  response.end(JSON.stringify({ data: [], first_id: null, last_id: null, has_more: true }))
})

let baseUrl = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => mock.listen(0, '127.0.0.1', resolve))
  const address = mock.address()
  if (address === null || typeof address === 'string') throw new Error('The mock has no port.')
  baseUrl = `http://127.0.0.1:${address.port}/v1`
})
afterAll(() => mock.close())

test('the mock keeps its promises', { timeout: 60_000 }, async () => {
  const report = await runConformance({
    baseUrl,
    token: 'mock-token-1',
    sessionId: 'sess_1',
    threadId: 'sthr_1',
    only: ['authentication', 'envelope', 'ERR-01'],
    attempts: 1,
    timeoutMs: 2_000,
    streamIdleMs: 500,
  })
  const failing = report.requirements.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)
  // This mock has one mistake: an empty page promises more.
  expect(failing).toEqual(['ENV-05'])
  expect(report.verdict).toBe('nonconformant')
})
