import type { Config } from '../config/load.ts'
import { packageVersion } from '../contract/package-root.ts'
import { diagnoseRun } from '../diagnosis/diagnose-run.ts'
import { remedyForRequirement } from '../diagnosis/remedies.ts'
import type { RunRecord } from '../record/run-record.ts'
import { buildReport, type GateSettings, type Report } from '../report/model.ts'
import type { Waiver } from '../verdict/waivers.ts'

/** How a run with this configuration is judged. */
export function gateOf(config: Config, waivers: readonly Waiver[]): GateSettings {
  return {
    strict: config.CONFORMANCE_STRICT,
    requireConclusive: config.CONFORMANCE_REQUIRE_CONCLUSIVE,
    allowFlaky: config.CONFORMANCE_ALLOW_FLAKY,
    allowInconclusive: config.CONFORMANCE_ALLOW_INCONCLUSIVE,
    waivers,
    today: new Date().toISOString().slice(0, 10),
  }
}

// The known bugs are those of the default revision's server.
function diagnosisOf(record: RunRecord): ReturnType<typeof diagnoseRun> {
  return record.revision === undefined ? diagnoseRun(record) : Promise.resolve(undefined)
}

/** The report of a run, with its diagnosis. Command, library and vitest adapter judge by it. */
export async function reportOfRun(record: RunRecord, gate: GateSettings): Promise<Report> {
  return buildReport(record, packageVersion, gate, await diagnosisOf(record), remedyForRequirement)
}
