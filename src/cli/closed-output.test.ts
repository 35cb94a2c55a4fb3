import { type ChildProcess, spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { expect, test } from 'vitest'
import { packageFile } from '../contract/package-root.ts'
import { createReferenceServer } from '../library/reference-server.ts'
import { emptyFolder, reportIn, runProcess } from './command-fixture.ts'

const timeout = 60_000
const args = ['PAG-03', '--attempts', '1', '--runs', '0']

async function brokenServer() {
  const server = await createReferenceServer({ fault: 'keyset-without-tie-break' })
  const env = { CONFORMANCE_BASE_URL: server.baseUrl, CONFORMANCE_TOKEN: server.token }
  return { env, close: () => server.close() }
}

test.for(['stdout', 'stderr'] as const)(
  'a run whose %s is closed goes on, writes its reports and keeps its exit code',
  { timeout },
  async (name) => {
    const { env, close } = await brokenServer()
    const shut = (child: ChildProcess) => void child[name]?.destroy()
    const done = await runProcess(args, env, shut)
    await close()
    expect(done.code, done.stderr).toBe(1)
    expect(done.report()).toMatchObject({ exit_code: 1 })
  },
)

test('a reader that closes the pipe does not end the run', { timeout }, async () => {
  const { env, close } = await brokenServer()
  const folder = emptyFolder()
  const command = `"${process.execPath}" "${packageFile('dist/src/cli/main.js')}" ${args.join(' ')} | head -1; exit "\${PIPESTATUS[0]}"`
  const child = spawn('bash', ['-c', command], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    stdio: 'ignore',
  })
  const code = await new Promise((resolve) => child.on('close', resolve))
  await close()
  expect(code).toBe(1)
  expect(reportIn(folder)).toMatchObject({ verdict: 'nonconformant' })
})

test.runIf(process.platform === 'linux')(
  'output to a full disk does not change the exit code',
  { timeout },
  async () => {
    const { env, close } = await brokenServer()
    const folder = emptyFolder()
    const full = openSync('/dev/full', 'w')
    const child = spawn(process.execPath, [packageFile('dist/src/cli/main.js'), ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', full, full],
    })
    const code = await new Promise((resolve) => child.on('close', resolve))
    await close()
    expect(code).toBe(1)
    expect(reportIn(folder)).toMatchObject({ exit_code: 1 })
  },
)
