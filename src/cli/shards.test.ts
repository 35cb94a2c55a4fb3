import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { isJsonObject, type JsonObject, parseJson } from '../contract/json.ts'
import { schemaProblem } from '../contract/schemas.ts'
import { faults } from '../reference/faults/index.ts'
import { startReferenceServer } from '../reference/server.ts'
import { type CommandResult, runCli } from './command-fixture.ts'

const timeout = 120_000
const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function faulty(name: string) {
  const fault = faults.find((one) => one.name === name)
  const server = await startReferenceServer({ behaviour: fault?.override ?? (() => ({})) })
  closers.push(() => server.close())
  return { CONFORMANCE_BASE_URL: server.baseUrl, CONFORMANCE_TOKEN: server.token }
}

function jsonAt(file: string): JsonObject {
  const value = parseJson(readFileSync(file, 'utf8'))
  if (!isJsonObject(value)) throw new Error(`${file} is not a JSON object.`)
  return value
}

const reportOf = ({ folder }: CommandResult) => jsonAt(join(folder, 'reports/conformance.json'))

function verdicts({ requirements }: JsonObject): unknown[] {
  if (!Array.isArray(requirements)) throw new Error('The report has no requirements.')
  return requirements.filter(isJsonObject).map(({ id, verdict }) => [id, verdict])
}

test('shards of a run, merged, say what the whole run says', { timeout }, async () => {
  const env = { ...(await faulty('keyset-without-tie-break')), CONFORMANCE_ATTEMPTS: '1' }
  const whole = await runCli([], env)
  const shards = [await runCli(['--shard', '1/2'], env), await runCli(['--shard', '2/2'], env)]
  const parts = join(whole.folder, 'parts')
  for (const [at, { folder, stdout }] of shards.entries()) {
    expect(stdout).toContain(`shard ${at + 1} of 2`)
    expect(reportOf(shards[at] ?? whole).part).toEqual({ index: at + 1, count: 2 })
    const blob = `shard-${at + 1}-of-2.part.json`
    expect(readFileSync(join(folder, 'reports', blob), 'utf8')).not.toContain(env.CONFORMANCE_TOKEN)
    cpSync(join(folder, 'reports', blob), join(parts, `job-${at}`, blob))
  }

  // The job that merges needs no target.
  const merged = await runCli(['merge', parts], { CONFORMANCE_BASE_URL: env.CONFORMANCE_BASE_URL })
  expect(merged.stderr).toBe('')
  expect([merged.code, whole.code]).toEqual([1, 1])
  const report = reportOf(merged)
  expect(schemaProblem('report', report)).toBeUndefined()
  expect(verdicts(report)).toEqual(verdicts(reportOf(whole)))
  expect(report.part).toBeUndefined()
  expect(merged.stdout).toContain('PAG-03 MUST')
  const names = (done: CommandResult) =>
    [
      ...readFileSync(join(done.folder, 'reports/junit.xml'), 'utf8').matchAll(
        /<testcase [^>]*name="([^"]*)"/g,
      ),
    ]
      .map(([, name]) => name)
      .sort()
  expect(names(merged)).toEqual(names(whole))

  // Parts are records, so that the merged report has the diagnosis of the whole run.
  expect(isJsonObject(report.diagnosis) ? report.diagnosis.problems : []).toMatchObject([
    { fault: 'keyset-without-tie-break' },
  ])

  // Exchanges are renumbered, and each finding still shows its own.
  const exchanges = Array.isArray(report.exchanges) ? report.exchanges.filter(isJsonObject) : []
  const ids = exchanges.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const rows = Array.isArray(report.requirements) ? report.requirements.filter(isJsonObject) : []
  const [first] = rows.flatMap(({ id, findings }) =>
    id === 'PAG-03' && Array.isArray(findings) ? findings.filter(isJsonObject) : [],
  )
  const [number] = Array.isArray(first?.exchanges) ? first.exchanges : []
  const shown = exchanges.find(({ id }) => id === number)
  expect(String(shown?.target)).toContain('after_id=')
  expect(merged.stdout).toContain(String(shown?.target))

  rmSync(join(parts, 'job-1'), { recursive: true })
  const half = await runCli(['merge', parts])
  expect(half.code).toBe(2)
  expect(half.stderr).toContain('Shard 2/2 is missing')
})

test('files that are not parts of one run are refused', { timeout }, async () => {
  const one = await runCli(['--shard', '1/2', '--only', 'errors'], await faulty(''))
  const other = await runCli(['--shard', '2/2', '--only', 'filter'], await faulty(''))
  const places = [join(one.folder, 'reports'), join(other.folder, 'reports')]
  const mixed = await runCli(['merge', ...places])
  expect(mixed.code).toBe(2)
  expect(mixed.stderr).toContain('CONFORMANCE_BASE_URL is http://')
  expect(mixed.stderr).toContain('only is ["errors"] and ["filter"]')

  const torn = join(one.folder, 'torn.part.json')
  writeFileSync(torn, '{"format"')
  const unread = await runCli(['merge', torn])
  expect(unread.code).toBe(2)
  expect(unread.stderr).toContain('is not a part that --shard wrote, or it is incomplete')

  const none = await runCli(['merge', one.folder.slice(0, -1)])
  expect(none.code).toBe(2)
  expect((await runCli(['--shard', '3/2'])).code).toBe(2)
})
