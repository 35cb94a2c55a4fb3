import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isJsonObject } from '../contract/json.ts'
import { schemaProblem } from '../contract/schemas.ts'
import type { Override } from '../reference/behaviour.ts'
import { type RunningReferenceServer, startReferenceServer } from '../reference/server.ts'
import type { Store } from '../reference/store/store.ts'
import { runProcess } from './command-fixture.ts'

const timeout = 300_000
const servers: RunningReferenceServer[] = []
afterAll(() => Promise.all(servers.map((server) => server.close())))

/** A server that never answers from some request on, by when the suite has made sessions of its own. */
async function stalling(onStall: () => void) {
  let stalled = false
  let store: Store | undefined
  const override: Override = (base) => ({
    authenticate(call) {
      store = call.serverState.store
      const made = store.sessions.size > 3
      if (!stalled && (!made || call.number < 60)) return base.authenticate(call)
      // The second signal would end the process at once.
      if (!stalled) onStall()
      stalled = true
      return new Promise<never>(() => undefined)
    },
  })
  const server = await startReferenceServer({ behaviour: override })
  servers.push(server)
  const settings = {
    CONFORMANCE_BASE_URL: server.baseUrl,
    CONFORMANCE_TOKEN: server.token,
    CONFORMANCE_CONTROL_URL: server.controlUrl,
    CONFORMANCE_CONTROL_TOKEN: server.controlToken,
  }
  return { sessions: () => store?.sessions.size, settings }
}

test.for([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  '%s ends a run with a partial report, and takes away what was made',
  { timeout },
  async ([signal, code]) => {
    let stop: () => void = () => undefined
    const { sessions, settings } = await stalling(() => stop())
    const done = await runProcess([], settings, (child) => {
      stop = () => child.kill(signal)
    })
    expect(done.code, done.stdout + done.stderr).toBe(code)
    const report = done.report()
    expect(schemaProblem('report', report ?? null)).toBeUndefined()
    expect(report).toMatchObject({ verdict: 'inconclusive' })
    expect(isJsonObject(report) ? report.sentence : '').toContain('this report is partial')
    expect(done.stdout).toContain('this report is partial')
    expect(done.stderr).toBe('')
    expect(sessions()).toBe(3)
  },
)

test('a second signal ends a run at once, without a report', { timeout }, async () => {
  let stop: () => void = () => undefined
  const { settings } = await stalling(() => stop())
  const done = await runProcess(['--timeout-ms', '50000'], settings, (child) => {
    // Until it is gone: whether the first two came apart is the machine's matter.
    stop = () => {
      const telling = setInterval(() => child.kill('SIGINT'), 5)
      child.once('close', () => clearInterval(telling))
    }
  })
  expect(done.code).toBe(130)
  expect(done.stderr).toBe('')
})

test('a run that is killed leaves no report', { timeout }, async () => {
  let kill: () => void = () => undefined
  const { settings } = await stalling(() => kill())
  const done = await runProcess([], settings, (child) => {
    kill = () => child.kill('SIGKILL')
  })
  expect(done.code).toBeNull()
  const folder = join(done.folder, 'reports')
  expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([])
})
