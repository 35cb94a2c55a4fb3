import type { RunRecord } from '../check/conformance-run.ts'
import type { Config } from '../config/load.ts'
import { packageVersion } from '../contract/package-root.ts'
import { diagnosed } from '../diagnosis/diagnosed.ts'
import { buildReport, type Gate, type Report } from '../report/model.ts'
import type { Waiver } from '../verdict/waivers.ts'

/** How a run with this configuration is judged. */
export function gateOf(config: Config, waivers: readonly Waiver[]): Gate {
  return {
    strict: config.CONFORMANCE_STRICT,
    requireConclusive: config.CONFORMANCE_REQUIRE_CONCLUSIVE,
    allowInconclusive: config.CONFORMANCE_ALLOW_INCONCLUSIVE,
    waivers,
    today: new Date().toISOString().slice(0, 10),
  }
}

/** The report of a run, with its diagnosis. Command, library and vitest adapter judge by it. */
export async function reportOfRun(record: RunRecord, gate: Gate): Promise<Report> {
  return buildReport(record, packageVersion, gate, await diagnosed(record))
}
