import { readCase } from '../generate/read-case.ts'
import type { Blame } from '../oracle/blame.ts'
import { ControlError } from '../target/control.ts'
import type { Counterexample } from '../verdict/counterexample.ts'
import { examineFound, examineMade } from './generated/examine.ts'
import { thread } from './needs.ts'
import type { Plan } from './plan.ts'
import { prepare } from './prepare.ts'
import { openBudget } from './run-budget.ts'
import { SessionKeeper } from './session-keeper.ts'

/** What came of asking a counterexample again. */
export type Replayed =
  | { readonly result: 'fails'; readonly blames: readonly Blame[] }
  | { readonly result: 'holds' }
  | { readonly result: 'not-asked'; readonly why: string }

/** Loads a counterexample's world into the target, where it has one, and asks its questions again. */
export async function replayCounterexample(
  plan: Plan,
  { world, questions }: Pick<Counterexample, 'world' | 'questions'>,
  signal?: AbortSignal,
): Promise<Replayed> {
  const value = readCase(world, questions)
  if (typeof value === 'string') return { result: 'not-asked', why: value }
  const budget = openBudget(plan, signal)
  const { client, facts, obstacle } = await prepare(plan, budget)
  const { lab } = facts
  try {
    if (obstacle !== undefined) return { result: 'not-asked', why: obstacle.problem }
    const asker = lab.asker('generated')
    const { session } = value
    if (session === undefined) {
      const lack = thread(facts)
      if (lack !== undefined) return { result: 'not-asked', why: `missing: ${lack.missing}` }
      const readings = [facts.thread, facts.sibling].filter((reading) => reading !== undefined)
      return replayed(await examineFound(value, readings, asker))
    }
    if (!(lab.keeper instanceof SessionKeeper))
      return { result: 'not-asked', why: `missing: ${lab.keeper.missing}` }
    return replayed(await examineMade({ ...value, session }, lab.keeper, asker))
  } catch (error) {
    if (!(error instanceof ControlError)) throw error
    return { result: 'not-asked', why: `the control protocol does not work: ${error.message}` }
  } finally {
    budget.close()
    await lab.close()
    await client.close()
  }
}

function replayed({ blames }: { readonly blames: readonly Blame[] }): Replayed {
  return blames.length > 0 ? { result: 'fails', blames } : { result: 'holds' }
}
