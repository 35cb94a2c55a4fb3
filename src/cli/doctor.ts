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
import { embeddedTarget } from '../target/embedded.ts'
import { configuredTarget } from '../target/target.ts'
import { rehearse } from './rehearsal.ts'
import type { Output } from './run.ts'

/**
 * `doctor`: says in a few requests whether a run would be worth it. No check is run.
 * @param json for machines, in place of the text for people
 * @returns the exit code: 0 when a run would judge, 3 when an obstacle stands in the way
 */
export async function doctorCommand(config: Config, json: boolean, output: Output): Promise<number> {
  const style = createStyle(output.colours)
  const configured = configuredTarget(config)
  const embedded = configured === undefined ? await embeddedTarget() : undefined
  const target = configured ?? embedded?.target
  if (target === undefined) throw new Error('There is neither a configured nor an embedded target.')
  if (!json)
    output.print(
      `${style.bold('thread-events-conformance')} ${packageVersion}  ${target.embedded ? 'embedded reference server' : target.baseUrl}\n\n`,
    )
  try {
    const plan = planOf(config, target, randomUUID())
    const began = Date.now()
    const budget = openBudget(plan)
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
    output.print(json ? `${JSON.stringify(diagnosis, null, 1)}\n` : diagnosisText(diagnosis, style))
    return diagnosis.exit_code
  } finally {
    await embedded?.close()
  }
}
