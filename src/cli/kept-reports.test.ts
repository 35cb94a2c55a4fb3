import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createReferenceServer } from '../library/reference-server.ts'
import { closedPort, emptyFolder, portOf, runCli } from './command-fixture.ts'

const timeout = 60_000
const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function served(fault?: string) {
  const server = await createReferenceServer({ fault })
  closers.push(() => server.close())
  return { CONFORMANCE_BASE_URL: server.baseUrl, CONFORMANCE_TOKEN: server.token }
}

const run = (args: readonly string[], env: Record<string, string>, folder: string) =>
  runCli([...args, '--runs', '0', '--attempts', '1'], env, undefined, folder)

const textOf = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8')

test('a run that judged nothing keeps the reports of an earlier run', { timeout }, async () => {
  const folder = emptyFolder()
  await run(['AUT-01'], await served(), folder)
  const before = textOf(folder, 'reports/conformance.json')
  const gone = { CONFORMANCE_BASE_URL: `http://127.0.0.1:${await closedPort()}/v1`, CONFORMANCE_TOKEN: 'x' }
  const done = await run(['AUT-01'], gone, folder)
  expect(done.code).toBe(3)
  expect(done.stdout).toContain('reports of an earlier run in reports were kept')
  expect(textOf(folder, 'reports/conformance.json')).toBe(before)

  rmSync(join(folder, 'reports'), { recursive: true })
  await run(['AUT-01'], gone, folder)
  expect(textOf(folder, 'reports/conformance.json')).toContain('"verdict": "inconclusive"')
})

test('replay writes beside the report that it reads', { timeout }, async () => {
  const folder = emptyFolder()
  const env = await served('keyset-without-tie-break')
  await run(['pagination'], env, folder)
  const before = textOf(folder, 'reports/conformance.json')
  const again = await run(['replay', 'reports/conformance.json', 'PAG-03'], env, folder)
  expect(again.code, again.stderr).toBe(1)
  expect(textOf(folder, 'reports/conformance.json')).toBe(before)
  const beside = 'reports/replay-PAG-03/conformance.json'
  const replayed = textOf(folder, beside)
  const third = await run(['replay', beside, 'PAG-03'], env, folder)
  expect(third.code).toBe(1)
  expect(textOf(folder, beside)).toBe(replayed)
})

test('the printed replay command quotes a folder with a space', { timeout }, async () => {
  const folder = emptyFolder()
  const env = await served('keyset-without-tie-break')
  const done = await run(['PAG-03', '--reports-dir', 'my reports'], env, folder)
  const command = "replay 'my reports/conformance.json'"
  expect(done.stdout).toContain(`${command} PAG-03`)
  expect(textOf(folder, 'my reports/conformance.json')).toContain(command)
})

test('two runs in one folder: neither fails, and the reports are those of one', { timeout }, async () => {
  const folder = emptyFolder()
  const [good, bad] = [await served(), await served('keyset-without-tie-break')]
  const codes = await Promise.all([run(['PAG-03'], good, folder), run(['PAG-03'], bad, folder)])
  expect(codes.map(({ code }) => code)).toEqual([0, 1])
  const verdict = textOf(folder, 'reports/conformance.json').includes('"exit_code": 1')
  expect(textOf(folder, 'reports/badge.svg').includes('failing')).toBe(verdict)
  expect(readdirSync(join(folder, 'reports')).filter((name) => name.startsWith('.'))).toEqual([])
})

test('a report that cannot be written is named, and the verdict is unchanged', { timeout }, async () => {
  const folder = emptyFolder()
  mkdirSync(join(folder, 'reports/report.html'), { recursive: true })
  const done = await run(['PAG-03'], await served('keyset-without-tie-break'), folder)
  expect(done.code).toBe(1)
  expect(done.stdout).toContain('NONCONFORMANT')
  expect(done.stderr).toContain('reports/report.html could not be replaced')
  expect(textOf(folder, 'reports/conformance.json')).toContain('"exit_code": 1')
})

test('control routes that fail are an error of the set-up, with the failing request', {
  timeout,
}, async () => {
  const control = createServer((_request, response) => void response.writeHead(404).end('{}'))
  await new Promise<void>((resolve) => control.listen(0, '127.0.0.1', resolve))
  closers.push(() => control.close())
  const url = `http://127.0.0.1:${portOf(control)}/control`
  const env = { ...(await served()), CONFORMANCE_CONTROL_URL: url }
  const done = await runCli(['PAG-03', 'live', '--attempts', '1', '--runs', '1'], env)
  expect(done.code, done.stdout).toBe(3)
  expect(done.stdout.replace(/\s+/g, ' ')).toMatch(
    /INCONCLUSIVE .*The control URL does not work: PUT \/sessions\/\S+ was answered 404/,
  )
  expect(done.stdout).toContain('CONFORMANCE_CONTROL_URL')
})

test('a target without a thread ends in 3 and says what to configure', { timeout }, async () => {
  const server = await createReferenceServer({ discovery: false })
  closers.push(() => server.close())
  const env = { CONFORMANCE_BASE_URL: server.baseUrl, CONFORMANCE_TOKEN: server.token }
  const done = await runCli(['--attempts', '1', '--runs', '0', '--allow-inconclusive'], env)
  expect(done.code, done.stdout).toBe(3)
  const text = done.stdout.replace(/\s+/g, ' ')
  expect(text).toContain('No MUST requirement was judged.')
  expect(text).toContain('set CONFORMANCE_SESSION_ID and CONFORMANCE_THREAD_ID')
})
