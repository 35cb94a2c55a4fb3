import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { packageRoot } from '../contract/package-root.ts'
import { faults } from '../reference/faults/index.ts'
import { startReferenceServer } from '../reference/server.ts'
import { action, stepNamed } from './action-fixture.ts'
import { emptyFolder, fakeNpm, runScript } from './ci-script-fixture.ts'

const timeout = 60_000
const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** The environment of a step as a runner derives it from the inputs and the environment of the job. */
function environmentOf(
  step: ReturnType<typeof stepNamed>,
  inputs: Readonly<Record<string, string>>,
  job: Readonly<Record<string, string>>,
): Record<string, string> {
  const defaults = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [name, input.default]),
  )
  const given: Readonly<Record<string, string>> = { ...defaults, ...inputs }
  const own = Object.entries(step.env).map(([name, expression]) => {
    const [, input = ''] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression) ?? []
    expect(Object.keys(defaults), expression).toContain(input)
    return [name, given[input] ?? '']
  })
  return { ...job, GITHUB_ACTION_PATH: packageRoot, ...Object.fromEntries(own) }
}

async function judge(inputs: Record<string, string>, job: Record<string, string>) {
  const folder = emptyFolder()
  const outputs = join(folder, 'outputs')
  const step = stepNamed('Run the suite')
  const done = await runScript(step.script, folder, {
    ...environmentOf(step, inputs, job),
    GITHUB_OUTPUT: outputs,
  })
  return { ...done, folder, outputs: readFileSync(outputs, 'utf8').trim().split('\n') }
}

test('a broken server: exit code, verdict and reports, without a token in the output', {
  timeout,
}, async () => {
  const fault = faults.find(({ name }) => name === 'keyset-without-tie-break')
  const server = await startReferenceServer({ behaviour: fault?.override ?? (() => ({})) })
  closers.push(() => server.close())
  const done = await judge(
    { 'base-url': server.baseUrl, only: 'PAG-03', shard: '3/3', baseline: 'not/there.json' },
    {
      CONFORMANCE_TOKEN: server.token,
      CONFORMANCE_ATTEMPTS: '1',
      CONFORMANCE_BASE_URL: 'http://127.0.0.1:1',
    },
  )
  expect(done.outputs[0], done.output).toMatch(/^exit-code=[013]$/)
  expect(done.output).toContain('::warning::There is no baseline at not/there.json')
  expect(done.output).not.toContain(server.token)
  expect(done.outputs).toContain('artifact=conformance-shard-3-of-3')
  expect(existsSync(join(done.folder, 'reports/shard-3-of-3.part.json'))).toBe(true)

  const whole = await judge(
    { only: 'PAG-03' },
    { CONFORMANCE_TOKEN: server.token, CONFORMANCE_ATTEMPTS: '1', CONFORMANCE_BASE_URL: server.baseUrl },
  )
  expect(whole.code, whole.output).toBe(1)
  expect(whole.outputs).toEqual([
    'exit-code=1',
    'verdict=nonconformant',
    'report=reports/conformance.json',
    'artifact=conformance',
  ])
})

test('a missing or empty base URL is an error', { timeout }, async () => {
  const jobs: readonly Record<string, string>[] = [{}, { CONFORMANCE_BASE_URL: '' }]
  for (const job of jobs) {
    const done = await judge({ only: 'PAG-03' }, { CONFORMANCE_TOKEN: 'pat_0123456789', ...job })
    expect(done.code).toBe(2)
    expect(done.output).toContain('CONFORMANCE_BASE_URL is empty')
  }
})

test('a wrong configuration fails the step with its own exit code', { timeout }, async () => {
  const done = await judge({ merge: 'nowhere' }, {})
  expect(done.code).toBe(2)
  expect(done.outputs.slice(0, 2)).toEqual(['exit-code=2', 'verdict='])
  expect(done.output).toContain('nowhere cannot be read')
})

test('the cache key stays the same while the files do', { timeout }, async () => {
  const { script } = stepNamed('Identify the installation')
  const keys = await Promise.all(
    [0, 1].map(async () => {
      const outputs = join(emptyFolder(), 'outputs')
      const env = { GITHUB_ACTION_PATH: packageRoot, GITHUB_OUTPUT: outputs }
      expect(await runScript(script, emptyFolder(), env)).toMatchObject({ code: 0 })
      return readFileSync(outputs, 'utf8')
    }),
  )
  expect(keys[0]).toMatch(/^key=[0-9a-f]{40}\n$/)
  expect(keys[1]).toBe(keys[0])
})

test('installs from the lock file', async () => {
  const log = join(emptyFolder(), 'log')
  const env = { GITHUB_ACTION_PATH: emptyFolder(), NPM_LOG: log, PATH: `${fakeNpm()}:${process.env.PATH}` }
  expect(await runScript(stepNamed('Install').script, emptyFolder(), env)).toMatchObject({ code: 0 })
  expect(readFileSync(log, 'utf8')).toBe('ci --no-audit --no-fund\nrun build\n')
})
