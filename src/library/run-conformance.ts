import { randomUUID } from 'node:crypto'
import { specs } from '../../specs/index.ts'
import type { Report } from '../report/model.ts'
import { startRun } from '../runner/conformance-run.ts'
import { runPlanOf } from '../runner/run-plan.ts'
import { configuredTarget } from '../targets/target.ts'
import type { ConformanceOptions } from './conformance-options.ts'
import { gateOf, reportOfRun } from './gate.ts'
import { readOptions } from './read-options.ts'

/**
 * Judges a server in this process, and writes nothing. The report is the same that the command writes
 * (schemas/report.schema.json): `verdict` and `exit_code` sum it up, and `requirements` has each verdict.
 * Whatever the target does ends in the report.
 * @throws ConfigError when an option is missing or wrong
 */
export async function runConformance(options: ConformanceOptions): Promise<Report> {
  const { config, waivers } = readOptions(options)
  const target = configuredTarget(config)
  if (target === undefined) throw new Error('The options were read, but name no target.')
  const run = await startRun(runPlanOf(config, target, randomUUID()), specs)
  return reportOfRun(await run.record, gateOf(config, waivers))
}
