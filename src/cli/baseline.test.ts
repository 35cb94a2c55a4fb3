import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { parseJson, stringField } from '../contract/json.ts'
import { createReferenceServer } from '../library/reference-server.ts'
import { runCli } from './command-fixture.ts'

const timeout = 300_000
const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function served(fault?: string) {
  const server = await createReferenceServer({ fault })
  closers.push(() => server.close())
  return { CONFORMANCE_BASE_URL: server.baseUrl, CONFORMANCE_TOKEN: server.token }
}

test('a requirement that newly fails fails the run, a SHOULD too, in every report', {
  timeout,
}, async () => {
  const args = ['--only', 'NEG-06,AUT-01,model', '--runs', '1']
  const good = await runCli(args, await served())
  expect(good.code, good.stdout).toBe(0)
  const baseline = join(good.folder, 'reports/conformance.json')

  const same = await runCli([...args, '--baseline', baseline], await served())
  expect(same.code, same.stdout).toBe(0)
  expect(same.stdout).toContain('No regression.')

  const env = { ...(await served('no-vary')), GITHUB_STEP_SUMMARY: join(good.folder, 'page.md') }
  const worse = await runCli([...args, '--baseline', baseline], env)
  expect(worse.code).toBe(1)
  expect(worse.stdout).toContain('NEWLY FAILING\n     NEG-06 pass → fail')
  const at = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8')
  expect(at(worse.folder, 'reports/conformance.json')).toContain('"exit_code": 1')
  expect(at(good.folder, 'page.md')).toMatch(/^## ❌ NONCONFORMANT[\s\S]*### Newly failing\n\n- \*\*NEG-06/)
  expect(at(worse.folder, 'reports/badge.svg')).toContain('nonconformant')

  // The same data was generated, so that no difference is one of the data.
  const seed = (folder: string) => /"seed": (\d+)/.exec(at(folder, 'reports/conformance.json'))?.[1]
  expect(seed(worse.folder)).toBe(seed(good.folder))

  const compared = await runCli([
    'compare',
    baseline,
    join(worse.folder, 'reports/conformance.json'),
    '--format',
    'json',
  ])
  expect(compared.code).toBe(1)
  const comparison = parseJson(compared.stdout)
  expect(JSON.stringify(comparison)).toContain('"newly_failing":[{"id":"NEG-06"')
  expect(stringField(comparison, 'seeds')).toBeUndefined()
})
