import { expect, test } from 'vitest'
import { type Departures, handmadeToken, handmadeWorld } from './handmade-server-fixture.ts'
import { failing, judgeHandmade } from './judge-handmade-fixture.ts'

/** Refuses every so many requests with the valid token. */
function refusingEach(period: number): Departures['instead'] {
  let valid = 0
  return ({ headers }, response) => {
    if (headers.authorization !== `Bearer ${handmadeToken}`) return false
    valid += 1
    if (valid % period !== 0) return false
    response.writeHead(401, { 'content-type': 'application/json', 'www-authenticate': 'Bearer' })
    response.end(JSON.stringify({ type: 'error', error: { type: 'authentication_error', message: 'No.' } }))
    return true
  }
}

test('a valid token that is refused now and then fails INP-03 alone', async () => {
  const departures = { listRoutes: 20, instead: refusingEach(53) }
  const record = await judgeHandmade(handmadeWorld(60), departures, { attempts: 3, runs: 0 })
  expect(failing(record)).toEqual(['INP-03'])
  const { findings = [] } = record.outcomes.find(({ id }) => id === 'INP-03') ?? {}
  expect(findings[0]?.message).toContain('is answered with 401 and with 200')
})
