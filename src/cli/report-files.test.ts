import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { validate } from 'ctrf'
import { afterEach, expect, test } from 'vitest'
import { isJsonObject, type JsonObject, type JsonValue, parseJson, stringField } from '../contract/json.ts'
import type { Override } from '../reference/behaviour.ts'
import { faults } from '../reference/faults/index.ts'
import { startReferenceServer } from '../reference/server.ts'
import { rendered } from '../report/rendered-fixture.ts'
import { readXml } from '../report/xml-fixture.ts'
import { runCli } from './command-fixture.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function settingsOf(behaviour: Override) {
  const server = await startReferenceServer({ behaviour })
  closers.push(() => server.close())
  return { CONFORMANCE_BASE_URL: server.baseUrl, CONFORMANCE_TOKEN: server.token }
}

test('a run on a server that broke since the baseline: every file says the same', {
  timeout: 300_000,
}, async () => {
  const only = ['--only', 'pagination']
  const before = await runCli(only, await settingsOf(() => ({})))
  const page = join(before.folder, 'page.md')
  writeFileSync(page, 'What an earlier step wrote.\n')
  const fault = faults.find(({ name }) => name === 'keyset-without-tie-break')
  const settings = await settingsOf(fault?.override ?? (() => ({})))
  const done = await runCli([...only, '--baseline', join(before.folder, 'reports/conformance.json')], {
    ...settings,
    GITHUB_STEP_SUMMARY: page,
  })
  expect([before.code, done.code], done.stdout).toEqual([0, 1])

  const folder = join(done.folder, 'reports')
  const files = Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  )
  expect(Object.keys(files).toSorted()).toEqual([
    'badge.svg',
    'conformance.json',
    'ctrf.json',
    'exchanges.har',
    'junit.xml',
    'report.html',
    'summary.md',
  ])
  for (const [name, text] of Object.entries(files)) {
    expect(text.includes(settings.CONFORMANCE_TOKEN), name).toBe(false)
    expect(done.stdout).toContain(join('reports', name))
  }

  const report = done.report()
  const failed = objects(report, 'requirements').filter(({ verdict }) => verdict === 'fail')
  const ids = failed.map(({ id }) => id)
  expect(ids).toContain('PAG-03')

  const cases = [...readXml(files['junit.xml'] ?? '').getElementsByTagName('testcase')]
  const failing = cases.filter((one) => one.getElementsByTagName('failure').length > 0)
  expect(failing.map((one) => one.getAttribute('name')?.slice(0, 6))).toEqual(ids)

  const ctrf = parseJson(files['ctrf.json'] ?? '')
  expect(validate(ctrf).errors).toEqual([])
  const tests = objects(isJsonObject(ctrf) ? ctrf.results : undefined, 'tests')
  expect(tests.filter(({ status }) => status === 'failed').map(({ testId }) => testId)).toEqual(ids)

  expect(readXml(files['badge.svg'] ?? '').documentElement?.textContent).toContain(`${ids.length} failing`)

  const har = parseJson(files['exchanges.har'] ?? '')
  const entries = objects(isJsonObject(har) ? har.log : undefined, 'entries')
  const asked = new Set(
    entries.map((entry) => Number(/^#(\d+) /.exec(stringField(entry, 'comment') ?? '')?.[1])),
  )
  expect(asked.size).toBe(entries.length)
  for (const { id } of objects(report, 'exchanges')) expect(asked).toContain(id)

  const { text, elements } = rendered(files['summary.md'] ?? '')
  expect(text).toContain('NONCONFORMANT')
  expect(text).toMatch(/Regression: \d+ requirements? newly fails?\./)
  expect(text).toContain('PAG-03 pass → fail')
  expect(elements).toContain('code class=language-diff')
  expect(readFileSync(page, 'utf8')).toBe(`What an earlier step wrote.\n${files['summary.md']}\n`)
})

test('a job page that cannot be written is reported, and the verdict is unchanged', {
  timeout: 300_000,
}, async () => {
  const done = await runCli(['--only', 'AUT-01'], { GITHUB_STEP_SUMMARY: '/nowhere/page.md' })
  expect(done.stderr).toContain('GITHUB_STEP_SUMMARY is "/nowhere/page.md", which cannot be written to.')
  expect(done.code).toBe(0)
})

function objects(value: JsonValue | undefined, name: string): readonly JsonObject[] {
  const list = isJsonObject(value) ? value[name] : undefined
  return Array.isArray(list) ? list.filter(isJsonObject) : []
}
