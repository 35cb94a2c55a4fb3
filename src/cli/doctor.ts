import { randomUUID } from 'node:crypto'
import { specs } from '../../specs/index.ts'
import type { Config } from '../config/load.ts'
import { packageVersion } from '../contract/package-root.ts'
import { defaultRevision } from '../contract/revisions/index.ts'
import { type DoctorReport, doctorReport } from '../doctor/doctor-report.ts'
import { doctorReportText } from '../doctor/doctor-report-text.ts'
import { expectedRequests } from '../doctor/request-counts.ts'
import { storedRequestCounts } from '../doctor/stored-request-counts.ts'
import { createStyle } from '../report/style.ts'
import { specsOfPlan } from '../runner/conformance-run.ts'
import { type PreparedTarget, prepareTarget } from '../runner/prepare/prepare-target.ts'
import { openBudget } from '../runner/run-budget.ts'
import { type RunPlan, runPlanOf } from '../runner/run-plan.ts'
import { openTarget } from '../targets/embedded-target.ts'
import { control } from '../targets/preconditions.ts'
import type { CommandContext } from './context.ts'

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
    const plan = runPlanOf(config, target, randomUUID())
    const began = Date.now()
    const budget = openBudget(plan, context.signal)
    const prepared = await prepareTarget(plan, budget, undefined, 'look')
    budget.close()
    await prepared.state.controlAccess.close()
    await prepared.client.close()
    const diagnosis: DoctorReport = doctorReport({
      plan,
      prepared,
      began,
      specs: specsOfPlan(specs, plan),
      expectedRequests: expectedRequestsOf(plan, prepared),
      requireConclusive: config.CONFORMANCE_REQUIRE_CONCLUSIVE,
    })
    context.print(json ? `${JSON.stringify(diagnosis, null, 1)}\n` : doctorReportText(diagnosis, style))
    return diagnosis.exit_code
  } finally {
    await close()
  }
}

function expectedRequestsOf(plan: RunPlan, { obstacle, state }: PreparedTarget): number | undefined {
  const counts = storedRequestCounts[(plan.revision ?? defaultRevision).name]
  if (obstacle !== undefined || counts === undefined) return undefined
  const hasControl = control(state) === undefined
  return expectedRequests(counts, specsOfPlan(specs, plan), state, { ...plan, hasControl })
}
