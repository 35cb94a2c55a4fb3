import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { packageFile, packageRoot } from '../contract/package-root.ts'
import { createReferenceServer } from '../library/reference-server.ts'
import { runConformance } from '../library/run-conformance.ts'
import { closedPort, runCli } from './command-fixture.ts'

const timeout = 120_000
const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const verdicts = z.object({
  exit_code: z.number(),
  verdict: z.string(),
  requirements: z.array(z.object({ id: z.string(), level: z.string(), verdict: z.string() })),
})
const results = z.object({
  testResults: z.array(
    z.object({ assertionResults: z.array(z.object({ title: z.string(), status: z.string() })) }),
  ),
})

/** Runs the fixture under vitest; the status of each test by its title. */
async function underVitest(target: { readonly baseUrl: string; readonly token: string }) {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-parity-'))
  const config = join(folder, 'vitest.config.mjs')
  const test = { include: ['src/cli/parity-specs-fixture.ts'] }
  writeFileSync(config, `export default ${JSON.stringify({ root: packageRoot, test })}\n`)
  const output = join(folder, 'results.json')
  const args = ['run', '--config', config, '--reporter', 'json', '--outputFile', output]
  const child = spawn(process.execPath, [packageFile('node_modules/vitest/vitest.mjs'), ...args], {
    cwd: packageRoot,
    env: { PATH: process.env.PATH, TARGET_URL: target.baseUrl, TARGET_TOKEN: target.token },
    stdio: 'ignore',
  })
  const code = await new Promise((resolve) => child.on('close', resolve))
  const { testResults } = results.parse(JSON.parse(readFileSync(output, 'utf8')))
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
  return { code, statusOf: new Map(tests.map(({ title, status }) => [title.split(' ')[0], status])) }
}

const expected: Readonly<Record<string, string>> = { pass: 'passed', fail: 'failed' }

async function sameEverywhere(target: { readonly baseUrl: string; readonly token: string }) {
  const env = { CONFORMANCE_BASE_URL: target.baseUrl, CONFORMANCE_TOKEN: target.token }
  const command = await runCli(['--attempts', '1', '--runs', '1', '--seed', '1'], env)
  const ofCommand = verdicts.parse(command.report())
  const ofLibrary = verdicts.parse(await runConformance({ ...target, attempts: 1, runs: 1, seed: 1 }))
  expect(ofLibrary).toEqual(ofCommand)
  expect(command.code).toBe(ofCommand.exit_code)
  const { code, statusOf } = await underVitest(target)
  const gating = ({ level, verdict }: { level: string; verdict: string }) =>
    verdict === 'fail' && level === 'SHOULD' ? 'skipped' : (expected[verdict] ?? 'skipped')
  for (const requirement of ofCommand.requirements)
    expect([requirement.id, statusOf.get(requirement.id)]).toEqual([requirement.id, gating(requirement)])
  expect(statusOf.get('verdict')).toBe(ofCommand.exit_code === 0 ? 'passed' : 'failed')
  expect(code === 0).toBe(ofCommand.exit_code === 0)
  return ofCommand.exit_code
}

test('command, library and vitest agree on a broken server', { timeout }, async () => {
  const server = await createReferenceServer({ fault: 'keyset-without-tie-break' })
  closers.push(() => server.close())
  expect(await sameEverywhere({ baseUrl: server.baseUrl, token: server.token })).toBe(1)
})

test('… and of a server that cannot be reached: all skipped, and not green', { timeout }, async () => {
  const baseUrl = `http://127.0.0.1:${await closedPort()}/v1`
  expect(await sameEverywhere({ baseUrl, token: 'a-token-of-no-worth' })).toBe(3)
})
