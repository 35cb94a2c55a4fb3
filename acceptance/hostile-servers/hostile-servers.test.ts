import { beforeAll, describe, expect, test } from 'vitest'
import { packageFile } from '../../src/contract/package-root.ts'
import { selectedTests } from '../selected-tests.ts'
import { expectSound, expectVerdict } from './expectations.ts'
import { hostileServers } from './index.ts'
import { budgetOf, maxMemoryBytes, runHostileServer } from './run-hostile-server.ts'
import { type HostileRun, RunProcesses } from './run-processes.ts'
import { type RunResult, runResult } from './run-result.ts'
import { safetyMarkdown } from './safety-report.ts'
import { Semaphore } from './semaphore.ts'

/** Servers judged at once: most of the time is spent waiting for deadlines. */
const concurrency = 3

const results: RunResult[] = []
const processes = new RunProcesses()
const runs = new Map<string, Promise<HostileRun>>()

// All begin before the first is awaited, but those that were left out by name.
// biome-ignore lint/correctness/noEmptyPattern: vitest reads the pattern to see which fixtures are used
beforeAll(({}, suite) => {
  const wanted = selectedTests(suite)
  const queue = hostileServers.filter(({ name }) => wanted.has(name))
  const places = new Semaphore(concurrency)
  for (const member of queue)
    runs.set(
      member.name,
      places.take(() => runHostileServer(member, processes)),
    )
})

describe('every hostile server gets a verdict', () => {
  test.for(hostileServers.map((member) => [member.name, member] as const))(
    '%s',
    { timeout: 600_000 },
    async ([name, member]) => {
      const run = await runs.get(name)
      if (run === undefined) throw new Error('The run was not started.')
      results.push(runResult(member, run))
      expect(run.stderr, member.what).toBe('')
      if (run.judged === undefined) throw new Error('The run crashed or exceeded its time budget.')
      expect(run.wallMs, member.what).toBeLessThan(budgetOf(member))
      expect(run.judged.peakBytes, member.what).toBeLessThan(maxMemoryBytes)
      expectSound(run.judged)
      expectVerdict(run.judged, member)
    },
  )
})

test('the judging processes leave nothing open', { timeout: 600_000 }, async () => {
  await Promise.all(runs.values())
  expect(await processes.close(60_000)).toBe(0)
})

test('at least 80 servers are hostile, and names are unique', () => {
  expect(hostileServers.filter(({ expects }) => !('passes' in expects)).length).toBeGreaterThanOrEqual(80)
  expect(new Set(hostileServers.map(({ name }) => name)).size).toBe(hostileServers.length)
})

test('docs/hostile-servers.md is up to date (npm run acceptance -- --update rewrites it)', async ({
  skip,
}) => {
  skip(results.length < hostileServers.length, 'only some of the servers were judged')
  await expect(safetyMarkdown(results)).toMatchFileSnapshot(packageFile('docs/hostile-servers.md'))
})
