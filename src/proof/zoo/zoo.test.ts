import { beforeAll, describe, expect, test } from 'vitest'
import { expectSound, expectVerdict } from './expect-member.ts'
import { zoo } from './index.ts'
import { budgetOf, judgeMember, mostBytes, type ZooRun } from './judge.ts'
import { Judges } from './judges.ts'
import { type MemberResult, memberResult } from './member-result.ts'
import { Places } from './places.ts'

declare module 'vitest' {
  interface TaskMeta {
    zoo?: MemberResult
  }
}

/** How many targets are judged at once: most of the time is waiting for deadlines. */
const sideBySide = 6

const judges = new Judges()
const runs = new Map<string, Promise<ZooRun>>()

// All begin before the first is awaited, but those that were left out by name.
// biome-ignore lint/correctness/noEmptyPattern: vitest reads the pattern to see which fixtures are used
beforeAll(({}, suite) => {
  const wanted = new Set(namesIn(suite))
  const queue = zoo.filter(({ name }) => wanted.has(name))
  const places = new Places(sideBySide)
  for (const member of queue)
    runs.set(
      member.name,
      places.take(() => judgeMember(member, judges)),
    )
})

function namesIn(suite: unknown): string[] {
  if (typeof suite !== 'object' || suite === null) return []
  if ('tasks' in suite && Array.isArray(suite.tasks)) return suite.tasks.flatMap(namesIn)
  return 'mode' in suite && suite.mode === 'run' && 'name' in suite ? [String(suite.name)] : []
}

describe('every hostile target is given a verdict', () => {
  test.for(zoo.map((member) => [member.name, member] as const))(
    '%s',
    { timeout: 300_000 },
    async ([name, member], { task }) => {
      const run = await runs.get(name)
      if (run === undefined) throw new Error('The run was never begun.')
      task.meta.zoo = memberResult(member, run)
      expect(run.stderr, member.what).toBe('')
      if (run.judged === undefined) throw new Error('The run died, or did not end in its time.')
      expect(run.wallMs, member.what).toBeLessThan(budgetOf(member))
      expect(run.judged.peakBytes, member.what).toBeLessThan(mostBytes)
      expectSound(run.judged)
      expectVerdict(run.judged, member)
    },
  )
})

test('nothing is left open in the processes that judged', { timeout: 60_000 }, async () => {
  await Promise.all(runs.values())
  expect(await judges.close(10_000)).toBe(0)
})

test('the zoo has members of every kind, under names of their own', () => {
  expect(zoo.filter(({ expects }) => !('passes' in expects)).length).toBeGreaterThanOrEqual(80)
  expect(new Set(zoo.map(({ name }) => name)).size).toBe(zoo.length)
})
