import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../check/conformance-run.ts'
import type { Fault } from '../reference/faults/fault.ts'
import { faults } from '../reference/faults/index.ts'
import { variants } from '../reference/variants/index.ts'
import { namedWorld } from '../reference/world/worlds.ts'
import { detectionOf } from './detection.ts'
import { tryServer } from './try-server.ts'

/** A run is bounded by its own deadlines; this only keeps a bug of the suite from holding the tests up. */
const timeout = 120_000

/** Nothing here is waited for to its deadline; a busy machine must not make an alarm. */
const patient = { timeoutMs: 20_000, streamIdleMs: 15_000, streamTotalMs: 60_000 }

/** Declares one test a fault and a variant, for every `of`-th of them from `part` on. */
export function declareMatrix(part: number, of: number): void {
  const mine = <T>(list: readonly T[]) => list.filter((_, at) => at % of === part)

  describe('faults are found, and nothing else is blamed', () => {
    test.concurrent.for(mine(faults))('$name', { timeout }, async (fault, { task }) => {
      const detection = detectionOf(fault, await runAgainst(fault))
      task.meta.detection = detection
      const { missed, undeclared, broken } = detection
      const partly = fault.sometimes === true || fault.generatedOnly === true
      expect({ missed: partly ? [] : missed, undeclared, broken }, fault.sentence).toEqual({
        missed: [],
        undeclared: [],
        broken: [],
      })
      expect(detection.detected).toBe(true)
    })
  })

  describe('what is unusual but allowed raises no alarm', () => {
    test.concurrent.for(mine(variants))('$name', { timeout }, async (variant, { task }) => {
      const record = await tryServer({ ...variant.server, behaviour: variant.alter }, patient)
      const alarms = notPassed(record, ['fail', 'broken'])
      const undecided = notPassed(record, ['inconclusive'])
      task.meta.variant = { name: variant.name, sentence: variant.sentence, alarms, undecided }
      expect(alarms, variant.sentence).toEqual([])
      expect(undecided, variant.sentence).toEqual((variant.undecided ?? []).toSorted())
    })
  })
}

async function runAgainst(fault: Fault): Promise<RunRecord> {
  const world = fault.world === undefined ? undefined : namedWorld(fault.world)
  // What the checks find by themselves explains what generated data would add.
  const changes = fault.generatedOnly === true ? {} : { runs: 2 }
  if (world === undefined) return tryServer({ behaviour: fault.alter }, changes)
  // Left to itself the suite chooses the thread with most events, which need not be the one the world is named for.
  const [session] = world.sessions
  const ids = { sessionId: session?.id, threadId: session?.threads[0]?.id }
  return tryServer({ behaviour: fault.alter, world }, changes, ids)
}

function notPassed(record: RunRecord, verdicts: readonly string[]): string[] {
  return record.outcomes.flatMap(({ id, verdict }) => (verdicts.includes(verdict) ? [id] : [])).toSorted()
}

declare module 'vitest' {
  interface TaskMeta {
    detection?: ReturnType<typeof detectionOf>
    variant?: {
      readonly name: string
      readonly sentence: string
      readonly alarms: readonly string[]
      readonly undecided: readonly string[]
    }
  }
}
