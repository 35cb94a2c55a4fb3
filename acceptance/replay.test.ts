import { describe, expect, test } from 'vitest'
import { specs } from '../specs/index.ts'
import { faults } from '../src/reference/faults/index.ts'
import { startRun } from '../src/runner/conformance-run.ts'
import { replayCounterexample } from '../src/runner/replay-counterexample.ts'
import { embeddedTarget } from '../src/targets/embedded-target.ts'
import { acceptancePlan } from './run-against.ts'

/** A fault in ids, one in times, one in texts, one in queries, one in streams. */
const samples = [
  'cursor-case-insensitive',
  'zones-of-fourteen-hours-refused',
  'null-text-becomes-null',
  'filter-lost-before-a-cursor-in-brackets',
  'resume-at-the-first-id-that-begins-so',
]

describe('a counterexample', () => {
  test.for(samples)(
    'of %s is small, fails again when replayed, and holds on a right server',
    async (name) => {
      const fault = faults.find((one) => one.name === name)
      if (fault === undefined) throw new Error(`There is no fault ${name}.`)
      const broken = await embeddedTarget({ behaviour: fault.override })
      const right = await embeddedTarget()
      try {
        const plan = acceptancePlan(broken.target, { only: ['model'], seed: 4 })
        const run = await startRun(plan, specs)
        const { generated } = await run.record
        const [found] = generated?.counterexamples ?? []
        if (found === undefined) throw new Error('Nothing was found.')
        const { world, questions, steps } = found
        expect(steps.length).toBeLessThanOrEqual(2)
        expect(JSON.stringify(world).match(/"created_at"/g)?.length ?? 0).toBeLessThanOrEqual(8)
        const again = await replayCounterexample(plan, { world, questions })
        expect(again.result).toBe('fails')
        const elsewhere = await replayCounterexample(acceptancePlan(right.target, {}), { world, questions })
        expect(elsewhere.result).toBe('holds')
      } finally {
        await Promise.all([broken.close(), right.close()])
      }
    },
  )

  test('need a target with control routes', async () => {
    const { target, close } = await embeddedTarget()
    const plan = acceptancePlan({ ...target, controlUrl: undefined }, {})
    const world = { version: 1, sessions: [{ id: 'sess_a', threads: [] }] }
    const questions = [{ ask: 'page', thread: 0, query: {}, spelling: 'comma', accept: [] }]
    expect(await replayCounterexample(plan, { world, questions })).toMatchObject({
      result: 'not-asked',
      why: expect.stringContaining('control URL'),
    })
    expect(await replayCounterexample(plan, { world: 'x', questions })).toMatchObject({ result: 'not-asked' })
    await close()
  })
})
