import { afterEach, expect, test } from 'vitest'
import { closeAll, http } from './socket-fixture.ts'

afterEach(closeAll)

const request = { purpose: 'p', target: '/a' }

test('a 429 is waited out, and the waiting is counted', async () => {
  let requests = 0
  const client = await http((_request, response) => {
    requests += 1
    if (requests === 1) response.writeHead(429).end()
    else response.end('{}')
  })
  const { response, waits } = await client.ask(request)
  expect([response?.status, waits]).toEqual([200, 1])
  expect(client.traffic()).toMatchObject({ requests: 2, retries: 1, rate_limit_waits: 1 })
  expect(client.exchanges).toHaveLength(1)
})

test('a 429 delays every other request too', async () => {
  const arrivals: { path: string | undefined; atMs: number }[] = []
  // The rate sends the second request half a second after the first, when that has long been refused.
  const client = await http(
    (request, response) => {
      arrivals.push({ path: request.url, atMs: performance.now() })
      if (arrivals.length === 1) response.writeHead(429, { 'retry-after': '1' }).end()
      else response.end('{}')
    },
    { maxRps: 2 },
  )
  await Promise.all(['/first', '/second'].map((target) => client.ask({ purpose: 'p', target })))
  const [limited, ...later] = arrivals
  expect(limited?.path).toBe('/v1/first')
  expect(later.map(({ path }) => path).toSorted()).toEqual(['/v1/first', '/v1/second'])
  for (const { atMs } of later) expect(atMs - (limited?.atMs ?? 0)).toBeGreaterThanOrEqual(1_000)
})

test('a 429 that never ends is the answer, once the limit of waiting would be passed', async () => {
  let requests = 0
  const client = await http((_request, response) => {
    requests += 1
    response.writeHead(429, { 'retry-after': '0' }).end()
  })
  const { response, waits } = await client.ask(request)
  // Half a second fits the limit of one second; the whole one that would follow does not.
  expect([response?.status, waits, requests]).toEqual([429, 1, 2])
})

test.for(['86400', new Date(Date.now() + 86_400_000).toUTCString()])(
  'a 429 with Retry-After %j is the answer at once',
  async (retryAfter) => {
    const client = await http((_request, response) =>
      response.writeHead(429, { 'retry-after': retryAfter }).end(),
    )
    const { response, waits } = await client.ask(request)
    expect([response?.status, waits]).toEqual([429, 0])
  },
)

test('a 429 that outlasts the waiting is marked as a rate limit', async () => {
  const client = await http((_request, response) => response.writeHead(429, { 'retry-after': '86400' }).end())
  expect((await client.ask(request)).origin).toBe('rate-limit')
})

test('an answer of a gateway is repeated, counted, and not in the way of the answer of the API', async () => {
  let requests = 0
  const client = await http((_request, response) => {
    requests += 1
    if (requests < 3) response.writeHead(502, { server: 'nginx' }).end('<html></html>')
    else response.end('{}')
  })
  const { response, origin } = await client.ask(request)
  expect([response?.status, origin]).toEqual([200, undefined])
  expect(client.traffic().gateway_answers).toEqual({ '502, Server: nginx': 2 })
})

test('an answer of a gateway that stays is marked as one', async () => {
  const client = await http((_request, response) => response.writeHead(503).end())
  expect((await client.ask(request)).origin).toBe('gateway')
})
