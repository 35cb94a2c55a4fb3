import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { handmadeWorld } from './handmade-server-fixture.ts'
import { failing, judgeHandmade } from './judge-handmade-fixture.ts'

const page = '<html><head><title>Error</title></head><body><center>nginx/1.22.1</center></body></html>'

// A gateway responds to the chosen requests in place of the API.
function behindGateway(status: number, answers: (place: number, target: string) => boolean) {
  let seen = 0
  return {
    listRoutes: 20,
    instead({ url = '' }: IncomingMessage, response: ServerResponse) {
      seen += 1
      if (!answers(seen, url)) return false
      response.writeHead(status, { 'content-type': 'text/html', server: 'nginx/1.22.1' }).end(page)
      return true
    },
  }
}

test.for([502, 503, 429])(
  'a %i from a gateway on some requests fails nothing, and is counted',
  async (status) => {
    const server = behindGateway(status, (place) => place % 50 === 0)
    const only = ['envelope', 'pagination', 'filter', 'authentication', 'errors', 'hostile-input']
    const record = await judgeHandmade(handmadeWorld(60), server, {
      runs: 0,
      only,
      maxRateLimitWaitMs: 10_000,
    })
    expect(failing(record)).toEqual([])
    const { gateway_answers: answers = {}, rate_limit_waits: waits } = record.traffic
    if (status === 429) expect(waits).toBeGreaterThan(0)
    else expect(Object.keys(answers)).toEqual([`${status}, Server: nginx/1.22.1`])
  },
)

test('a 502 that persists for one request fails INP-01 and INP-04 alone', async () => {
  const server = behindGateway(502, (_, target) => target.includes('limit=19'))
  const record = await judgeHandmade(handmadeWorld(60), server, {
    runs: 0,
    only: ['pagination', 'hostile-input'],
  })
  expect(failing(record).filter((id) => !['INP-01', 'INP-04'].includes(id))).toEqual([])
  expect(failing(record)).toContain('INP-04')
})
