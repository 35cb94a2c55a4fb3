import type { Attribution } from '../oracle/attribution/attribution.ts'
import { evaluateFixtureCase, evaluateTargetCase } from '../properties/evaluate-case.ts'
import { readCase } from '../properties/read-case.ts'
import { ControlError } from '../targets/control-client.ts'
import { thread } from '../targets/preconditions.ts'
import { SessionFixtures } from '../targets/session-fixtures.ts'
import type { Counterexample } from '../verdict/counterexample.ts'
import { prepareTarget } from './prepare/prepare-target.ts'
import { openBudget } from './run-budget.ts'
import type { RunPlan } from './run-plan.ts'

/** The result of repeating a counterexample. */
export type Replayed =
  | { readonly result: 'fails'; readonly attributions: readonly Attribution[] }
  | { readonly result: 'holds' }
  | { readonly result: 'not-asked'; readonly why: string }

/** Loads a counterexample's world into the target, where it has one, and asks its questions again. */
export async function replayCounterexample(
  plan: RunPlan,
  { world, questions }: Pick<Counterexample, 'world' | 'questions'>,
  signal?: AbortSignal,
): Promise<Replayed> {
  const value = readCase(world, questions)
  if (typeof value === 'string') return { result: 'not-asked', why: value }
  const budget = openBudget(plan, signal)
  const { client, state, obstacle } = await prepareTarget(plan, budget)
  const { controlAccess } = state
  try {
    if (obstacle !== undefined) return { result: 'not-asked', why: obstacle.problem }
    const routeClient = controlAccess.routeClient('generated')
    const { session } = value
    if (session === undefined) {
      const lack = thread(state)
      if (lack !== undefined) return { result: 'not-asked', why: `missing: ${lack.missing}` }
      const snapshots = [state.thread, state.sibling].filter((snapshot) => snapshot !== undefined)
      return replayed(await evaluateTargetCase(value, snapshots, routeClient))
    }
    if (!(controlAccess.sessionFixtures instanceof SessionFixtures))
      return { result: 'not-asked', why: `missing: ${controlAccess.sessionFixtures.missing}` }
    return replayed(
      await evaluateFixtureCase({ ...value, session }, controlAccess.sessionFixtures, routeClient),
    )
  } catch (error) {
    if (!(error instanceof ControlError)) throw error
    return { result: 'not-asked', why: `the control protocol does not work: ${error.message}` }
  } finally {
    budget.close()
    await controlAccess.close()
    await client.close()
  }
}

function replayed({ attributions }: { readonly attributions: readonly Attribution[] }): Replayed {
  return attributions.length > 0 ? { result: 'fails', attributions } : { result: 'holds' }
}
