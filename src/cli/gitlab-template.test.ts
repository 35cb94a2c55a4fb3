import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { packageFile, packageRoot } from '../contract/package-root.ts'
import { startReferenceServer } from '../reference/server.ts'
import { emptyFolder, fakeNpm, runScript } from './ci-script-fixture.ts'

const timeout = 60_000
const script = z.array(z.string())
const template = z
  .object({
    '.thread-events-conformance-suite': z.object({
      variables: z.record(z.string(), z.string()),
      before_script: script,
      artifacts: z.object({ when: z.literal('always'), reports: z.object({ junit: z.string() }) }),
    }),
    '.thread-events-conformance': z.object({ script }),
    '.thread-events-conformance-merge': z.object({ script }),
  })
  .parse(parse(readFileSync(packageFile('.gitlab/thread-events-conformance.gitlab-ci.yml'), 'utf8')))
const {
  '.thread-events-conformance-suite': suite,
  '.thread-events-conformance': judge,
  '.thread-events-conformance-merge': merge,
} = template

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** A repository whose installation is that of this package. */
function suiteRepository() {
  const folder = emptyFolder()
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args])
  const commit = (content: string) => {
    writeFileSync(join(folder, 'package.json'), content)
    git('add', '.')
    git('commit', '--quiet', '--message', 'A state')
  }
  git('init', '--quiet', '--initial-branch', 'main')
  commit('{}')
  return { url: `file://${folder}`, commit }
}

const linkBuild = `if [ "$1" = run ]; then ln -s "${packageRoot}/dist" dist; ln -s "${packageRoot}/node_modules" node_modules; fi`

test('jobs install the suite once, judge in parts, and merge to one report', {
  timeout: 2 * timeout,
}, async () => {
  const server = await startReferenceServer({})
  closers.push(() => server.close())
  const { url, commit } = suiteRepository()
  const project = emptyFolder()
  const log = join(emptyFolder(), 'log')
  const env = {
    ...suite.variables,
    SUITE_URL: url,
    NPM_LOG: log,
    PATH: `${fakeNpm(linkBuild)}${delimiter}${process.env.PATH ?? ''}`,
  }
  const job = (lines: readonly string[], more: Readonly<Record<string, string>>) =>
    runScript([...suite.before_script, ...lines].join('\n'), project, { ...env, ...more })
  const target = {
    CONFORMANCE_BASE_URL: server.baseUrl,
    CONFORMANCE_TOKEN: server.token,
    CONFORMANCE_ONLY: 'filter,errors',
    CONFORMANCE_BASELINE: 'not/there.json',
    CI_NODE_TOTAL: '2',
  }
  for (const CI_NODE_INDEX of ['1', '2']) {
    const done = await job(judge.script, { ...target, CI_NODE_INDEX })
    expect(done.output).toContain(`shard ${CI_NODE_INDEX}/2`)
    expect(done.output).toContain('There is no baseline at not/there.json')
    expect(done.output).not.toContain(server.token)
  }
  expect(readFileSync(log, 'utf8')).toBe('ci --no-audit --no-fund\nrun build\n')
  const merged = await job(merge.script, {})
  expect(merged.code, merged.output).toBe(0)
  expect(merged.output).toContain('CONFORMANT')
  expect(existsSync(join(project, suite.artifacts.reports.junit))).toBe(true)

  // A cached installation of a branch that has moved on is not used.
  commit('{"version":"2"}')
  await job(merge.script, {})
  expect(readFileSync(log, 'utf8').match(/run build/g)).toHaveLength(2)
})

test('without the address of the suite there is one clear sentence', async () => {
  const done = await runScript(suite.before_script.join('\n'), emptyFolder(), suite.variables)
  expect(done).toMatchObject({ code: 2, output: expect.stringContaining('SUITE_URL is not set') })
})
