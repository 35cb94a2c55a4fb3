import { randomUUID } from 'node:crypto'
import { specs } from '../../specs/index.ts'
import { planOf } from '../check/plan.ts'
import { prepare } from '../check/prepare.ts'
import { openBudget } from '../check/run-budget.ts'
import type { Config } from '../config/load.ts'
import { packageVersion } from '../contract/package-root.ts'
import { type Diagnosis, diagnose } from '../doctor/diagnosis.ts'
import { diagnosisText } from '../doctor/diagnosis-text.ts'
import { createStyle } from '../report/style.ts'
import { openTarget } from '../target/embedded.ts'
import type { CommandContext } from './context.ts'
import { rehearse } from './rehearsal.ts'

/**
 * `doctor`: checks in a few requests whether a run can judge the target. No check is run.
 * @param json print JSON instead of text
 * @returns the exit code: 0 if a run can judge the target, 3 if something prevents it
 */
export async function doctorCommand(config: Config, json: boolean, context: CommandContext): Promise<number> {
  const style = createStyle(context.colours)
  const { target, close } = await openTarget(config)
  if (!json)
    context.print(
      `${style.bold('thread-events-conformance')} ${packageVersion}  ${target.embedded ? 'embedded reference server' : target.baseUrl}\n\n`,
    )
  try {
    const plan = planOf(config, target, randomUUID())
    const began = Date.now()
    const budget = openBudget(plan, context.signal)
    const prepared = await prepare(plan, budget)
    budget.close()
    await prepared.facts.lab.close()
    await prepared.client.close()
    const diagnosis: Diagnosis = diagnose({
      plan,
      prepared,
      began,
      specs,
      expectedRequests: prepared.obstacle === undefined ? await rehearse(plan, prepared.facts) : undefined,
      requireConclusive: config.CONFORMANCE_REQUIRE_CONCLUSIVE,
    })
    context.print(json ? `${JSON.stringify(diagnosis, null, 1)}\n` : diagnosisText(diagnosis, style))
    return diagnosis.exit_code
  } finally {
    await close()
  }
}
