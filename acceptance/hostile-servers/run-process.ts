import { readFileSync, writeFileSync } from 'node:fs'
import { specs } from '../../specs/index.ts'
import { packageVersion } from '../../src/contract/package-root.ts'
import { buildReport } from '../../src/report/model.ts'
import { createStyle } from '../../src/report/style.ts'
import { terminalReport } from '../../src/report/terminal.ts'
import { startRun } from '../../src/runner/conformance-run.ts'
import type { RunPlan } from '../../src/runner/run-plan.ts'

/** What the judging process says of one target. */
export interface RunReport {
  readonly report: ReturnType<typeof buildReport>
  readonly terminal: string
  /** The most memory that the process held while it judged, in bytes. */
  readonly peakBytes: number
  /** Bytes of its heap that its garbage collector could not free. */
  readonly keptBytes: number
}

async function judge(plan: RunPlan): Promise<RunReport> {
  forgetPeak()
  const record = await (await startRun(plan, specs)).record
  const report = buildReport(record, packageVersion, {
    strict: false,
    requireConclusive: false,
    waivers: [],
    today: '2026-01-01',
  })
  const terminal = terminalReport(report, createStyle(false))
  const peak = peakBytes()
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return {
    report,
    terminal,
    peakBytes: peak,
    keptBytes: heapUsed + external,
  }
}

// Where the kernel cannot reset the peak, the peak of all runs so far counts for each of them.
function forgetPeak(): void {
  globalThis.gc?.()
  try {
    writeFileSync('/proc/self/clear_refs', '5')
  } catch {}
}

// The kernel's own figure for this process; that of getrusage begins with the parent's.
function peakBytes(): number {
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  return peak === undefined ? process.resourceUsage().maxRSS * 1024 : Number(peak) * 1024
}

process.on('message', (plan: RunPlan) => {
  void judge(plan).then((judged) => process.send?.(judged))
})
