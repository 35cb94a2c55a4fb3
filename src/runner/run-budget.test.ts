import { describe, expect, test, vi } from 'vitest'
import type { RequirementId } from '../contract/catalogue.ts'
import { nothingJudged } from '../verdict/attribution-input.ts'
import type { Outcome } from '../verdict/outcome.ts'
import type { Exchange } from '../wire/exchange.ts'
import { beforeGraceEnds, endedRun, openBudget, withinBudget } from './run-budget.ts'
import type { SpecRun } from './run-specs.ts'

const forever = new Promise<never>(() => undefined)
const passed: Outcome = { id: 'ENV-01', verdict: 'pass', judged: 1, findings: [] }
const ids: readonly RequirementId[] = ['ENV-01', 'ENV-02', 'ENV-03']

const soFar = (reason: string): Outcome[] => [
  passed,
  { id: 'ENV-02', verdict: 'inconclusive', judged: 0, findings: [], reason },
  { id: 'ENV-03', verdict: 'not-run', judged: 0, findings: [] },
]

/** A run in which the first requirement is judged, the second never, and the third was left out. */
const run: SpecRun = {
  outcome: (id) =>
    id === 'ENV-02'
      ? forever
      : Promise.resolve(id === 'ENV-01' ? passed : { ...passed, id, verdict: 'not-run' }),
  observation: () => forever,
  checked: () => forever,
  attribution: forever,
  useLastRequests: async () => undefined,
  firstFailure: async () => undefined,
  judgeSoFar: ({ missing }) => ({ outcomes: soFar(missing), attribution: nothingJudged }),
  generated: forever,
  outcomes: forever,
  observations: forever,
}

function answerOf(bytes: number): Exchange {
  return {
    id: 1,
    purpose: 'list',
    request: { method: 'GET', target: '/', headers: [] },
    response: { status: 200, headers: [], body: '', bytes, utf8: true, truncated: false },
    failure: undefined,
    stream: undefined,
    startedAtMs: 0,
    firstByteMs: 1,
    totalMs: 1,
    waits: 0,
    echoes: [],
  }
}

describe('when the budget of a run ends', () => {
  test('what has a verdict keeps it, and the rest is inconclusive with the budget named', async () => {
    const budget = openBudget({ runTimeoutMs: 60_000, maxRunBytes: 1_000 })
    const bounded = withinBudget(run, budget)
    expect(await bounded.outcome('ENV-01')).toBe(passed)
    budget.spend(answerOf(1_000))
    expect([budget.ended, budget.signal.aborted]).toEqual([undefined, false])
    budget.spend(answerOf(1))
    expect(budget.signal.aborted).toBe(true)
    const outcomes = await bounded.outcomes
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['pass', 'inconclusive', 'not-run'])
    expect(outcomes[1]?.reason).toBe('The run reached its budget of 1000 bytes before everything was judged')
    expect(await bounded.observations).toEqual([])
    budget.close()
  })

  test('by time, the sentence names the time', async () => {
    const budget = openBudget({ runTimeoutMs: 1, maxRunBytes: 1_000 })
    expect((await budget.over).problem).toMatch(/time budget of 1 ms before/)
    expect(budget.signal.aborted).toBe(true)
  })

  test('by someone who stops it, before it began too, it says so', () => {
    const budget = openBudget({ runTimeoutMs: 60_000, maxRunBytes: 1_000 }, AbortSignal.abort())
    expect(budget.ended?.problem).toMatch(/was stopped/)
    budget.close()
  })
})

describe('work that the end of the run does not end', () => {
  test('is left behind after a grace period', async () => {
    vi.useFakeTimers()
    try {
      const left = beforeGraceEnds(forever, Promise.resolve())
      await vi.advanceTimersByTimeAsync(10_000)
      expect(await left).toBeUndefined()
    } finally {
      vi.useRealTimers()
    }
  })

  test('keeps its result if it ends in time', async () => {
    expect(await beforeGraceEnds(Promise.resolve(1), forever)).toBe(1)
    expect(await beforeGraceEnds(Promise.resolve(1), Promise.resolve())).toBe(1)
  })

  test('leaves every requirement inconclusive if the target was not prepared by then', async () => {
    const ended = endedRun(ids, { problem: 'The time is over.', advice: 'Try again.' })
    expect(await ended.outcomes).toMatchObject(
      ids.map((id) => ({ id, verdict: 'inconclusive', reason: 'The time is over', provide: 'Try again.' })),
    )
  })
})
