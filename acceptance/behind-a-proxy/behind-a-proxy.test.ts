import { expect, test } from 'vitest'
import { specs } from '../../specs/index.ts'
import type { RunRecord } from '../../src/record/run-record.ts'
import { defaultWorld } from '../../src/reference/world/default-world.ts'
import { startRun } from '../../src/runner/conformance-run.ts'
import { embeddedTarget } from '../../src/targets/embedded-target.ts'
import type { Target } from '../../src/targets/target.ts'
import { judgeRun } from '../../src/verdict/judge-run.ts'
import { acceptancePlan } from '../run-against.ts'
import { forwardProxy, proxyUrl } from './forward-proxy.ts'
import { gateway, type Interference } from './gateway.ts'

const [first] = defaultWorld().sessions
const [session = '', thread = ''] = [first?.id, first?.threads[0]?.id]
const timeout = 300_000
const how = { strict: false, requireConclusive: false }
const page = '<html><head><title>502</title></head><body><center>nginx/1.22.1</center></body></html>'

/** Runs the suite against the reference server behind a gateway and an authenticated forward proxy. */
async function runBehindProxy(interference: (target: Target) => Interference): Promise<RunRecord> {
  const { target, close } = await embeddedTarget()
  const front = await gateway(Number(new URL(target.baseUrl).port), interference(target))
  const proxy = await forwardProxy(front.port)
  const named = (url: string | undefined) => url?.replace(/^http:\/\/[^/]+/, 'http://api.example')
  try {
    const run = await startRun(
      acceptancePlan(
        {
          ...target,
          embedded: false,
          baseUrl: named(target.baseUrl) ?? '',
          controlUrl: named(target.controlUrl),
          proxy: { http: proxyUrl(proxy), https: undefined, no: undefined },
          ids: { ...target.ids, sessionId: session, threadId: thread },
        },
        { runs: 2, runTimeoutMs: 280_000, ownsTarget: true },
      ),
      specs,
    )
    const record = await run.record
    expect(proxy.tunnels()).toBeGreaterThan(0)
    return record
  } finally {
    await proxy.close()
    await front.close()
    await close()
  }
}

const failuresOf = ({ outcomes }: RunRecord) =>
  outcomes.flatMap(({ id, verdict, findings }) =>
    verdict === 'fail' || verdict === 'broken' ? [`${id}: ${findings[0]?.message}`] : [],
  )

const inconclusiveOf = ({ outcomes }: RunRecord) =>
  outcomes.flatMap(({ id, verdict, reason }) => (verdict === 'inconclusive' ? [`${id}: ${reason}`] : []))

test('a conforming server behind an authenticated proxy passes, with every Accept line and live events', {
  timeout,
}, async () => {
  const record = await runBehindProxy(() => () => false)
  expect(failuresOf(record)).toEqual([])
  expect(inconclusiveOf(record)).toEqual([])
})

test('a 502 on one request in fifty, from the middle of the run on, fails nothing', { timeout }, async () => {
  const record = await runBehindProxy(() => (place, _, response) => {
    if (place < 100 || place % 50 !== 0) return false
    response.writeHead(502, { 'content-type': 'text/html', server: 'nginx/1.22.1' }).end(page)
    return true
  })
  expect(failuresOf(record)).toEqual([])
  expect(record.traffic.gateway_answers?.['502, Server: nginx/1.22.1']).toBeGreaterThan(3)
  expect(judgeRun(record.outcomes, how).exitCode).toBe(0)
})

test('a thread that grows at its end and in its middle fails nothing', { timeout }, async () => {
  let appended = 0
  const record = await runBehindProxy(({ controlUrl, controlToken }) => async (place) => {
    if (place < 60 || place % 40 !== 0) return false
    appended += 1
    const event = {
      id: `evt_0000000000000000000000000grow${String(appended).padStart(3, '0')}`,
      type: 'agent.message',
      session_id: session,
      session_thread_id: thread,
      // Every second one commits late.
      created_at:
        appended % 2 === 0
          ? '2026-06-15T08:05:00.000Z'
          : `2031-01-01T00:00:${String(appended).padStart(2, '0')}Z`,
      content: 'appended while the thread was read',
    }
    const { status } = await fetch(`${controlUrl}/sessions/${session}/threads/${thread}/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${controlToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ events: [event] }),
    })
    expect(status).toBe(204)
    return false
  })
  expect(appended).toBeGreaterThan(3)
  expect(failuresOf(record)).toEqual([])
})

test('a token that expires in the middle of the run ends it as a problem of the set-up', {
  timeout,
}, async () => {
  const record = await runBehindProxy(({ token }) => (place, { headers }, response) => {
    if (place <= 200 || headers.authorization !== `Bearer ${token}`) return false
    response
      .writeHead(401, { 'content-type': 'application/json', 'www-authenticate': 'Bearer' })
      .end('{"type":"error","error":{"type":"authentication_error","message":"The token is expired."}}')
    return true
  })
  expect(record.obstacle?.problem).toMatch(/^The token stopped working after \d+ requests/)
  expect(failuresOf(record)).toEqual([])
  expect(judgeRun(record.outcomes, how, { obstacle: record.obstacle?.problem }).exitCode).toBe(3)
})

test('a proxy that refuses the credentials is named', { timeout }, async () => {
  const wrong = 'http://suite:wrong@127.0.0.1:'
  const { target, close } = await embeddedTarget()
  const proxy = await forwardProxy(Number(new URL(target.baseUrl).port))
  try {
    const plan = acceptancePlan(
      {
        ...target,
        embedded: false,
        baseUrl: 'http://api.example/v1',
        controlUrl: undefined,
        proxy: { http: `${wrong}${proxy.port}`, https: undefined, no: undefined },
      },
      { runs: 0 },
    )
    const record = await (await startRun(plan, specs)).record
    expect(record.obstacle?.problem).toMatch(/the proxy requires .*\(407\)/)
    expect(failuresOf(record)).toEqual([])
  } finally {
    await proxy.close()
    await close()
  }
})
