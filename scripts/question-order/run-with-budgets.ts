import { runAgainst } from '../../acceptance/run-against.ts'
import type { Fault } from '../../src/reference/faults/fault.ts'
import { plainFaults } from './record-exposures.ts'

/** How many faults real runs with a budget find. */
export interface BudgetRuns {
  /** Every how many faults one is run. */
  readonly every: number
  readonly faults: number
  readonly found: Readonly<Record<string, number>>
}

const every = 5
const budgets = [50, 100]
const impatient = { timeoutMs: 2_000, streamIdleMs: 800, streamTotalMs: 20_000 }

/**
 * Runs the suite with a budget of requests against a sample of the recorded faults.
 * @param recorded their names
 * @param told called with each fault that a run does not find
 */
export async function runWithBudgets(
  recorded: ReadonlySet<string>,
  told: (line: string) => void,
): Promise<BudgetRuns> {
  const sample = plainFaults.filter(({ name }, at) => at % every === 2 && recorded.has(name))
  const found: Record<string, number> = {}
  for (const budget of budgets) {
    found[budget] = 0
    for (const fault of sample)
      if (await isFound(fault, budget)) found[budget] += 1
      else told(`${fault.name}: not found within ${budget} requests`)
  }
  return { every, faults: sample.length, found }
}

async function isFound({ override, violates }: Fault, maxRequests: number): Promise<boolean> {
  const server = { behaviour: override, control: false }
  const { outcomes } = await runAgainst(server, { runs: 0, maxRequests, ...impatient })
  return outcomes.some(({ id, verdict }) => verdict === 'fail' && violates.includes(id))
}
