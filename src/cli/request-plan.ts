import { randomUUID } from 'node:crypto'
import { specs } from '../../specs/index.ts'
import type { Config } from '../config/load.ts'
import { requestPlan, requestPlanText } from '../report/request-plan.ts'
import { createStyle } from '../report/style.ts'
import { startRun } from '../runner/conformance-run.ts'
import { runPlanOf } from '../runner/run-plan.ts'
import { embeddedTarget } from '../targets/embedded-target.ts'
import { configuredTarget } from '../targets/target.ts'
import { type CommandContext, widthOf } from './context.ts'

/**
 * `run --plan`: prints what a run would request and why, counted in a run against the embedded server with the same
 * tokens and control routes as configured. Sends nothing to the target.
 * @param json print JSON instead of text
 */
export async function printRequestPlan(
  config: Config,
  json: boolean,
  context: CommandContext,
): Promise<number> {
  const configured = configuredTarget(config)
  const { target, close } = await embeddedTarget({ revision: config.CONFORMANCE_REVISION })
  try {
    const means =
      configured === undefined
        ? target
        : {
            ...target,
            expiredToken: configured.expiredToken === undefined ? undefined : target.expiredToken,
            otherTenantToken: configured.otherTenantToken === undefined ? undefined : target.otherTenantToken,
            controlUrl: configured.controlUrl === undefined ? undefined : target.controlUrl,
          }
    const { record } = await startRun({ ...runPlanOf(config, means, randomUUID()), maxRps: undefined }, specs)
    const { exchanges, reasons, observations } = await record
    const plan = requestPlan(exchanges, reasons, observations)
    context.print(
      json
        ? `${JSON.stringify(plan, null, 1)}\n`
        : requestPlanText(plan, configured?.baseUrl, createStyle(context.colours), widthOf(context)),
    )
    return 0
  } finally {
    await close()
  }
}
