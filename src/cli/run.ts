import { randomUUID } from 'node:crypto'
import { dirname, relative, resolve } from 'node:path'
import { specs } from '../../specs/index.ts'
import type { Config } from '../config/load.ts'
import { packageVersion } from '../contract/package-root.ts'
import { defaultRevision } from '../contract/revisions/index.ts'
import { plannedRequests } from '../doctor/request-counts.ts'
import { storedRequestCounts } from '../doctor/stored-request-counts.ts'
import type { RunProgress } from '../record/run-progress.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { Report } from '../report/model.ts'
import { type Pace, paceLine } from '../report/pace.ts'
import { createProgress } from '../report/progress.ts'
import { createStyle } from '../report/style.ts'
import { specsOfPlan, startRun } from '../runner/conformance-run.ts'
import { type RunPlan, runPlanOf } from '../runner/run-plan.ts'
import { reportProgress } from '../runner/run-progress.ts'
import { areasOfShard } from '../runner/shards/shard.ts'
import { openTarget } from '../targets/embedded-target.ts'
import { type CommandContext, silent } from './context.ts'
import { concludeRun, prepareJudgement } from './finalize-run.ts'
import { interruptedCode } from './interruption.ts'

/** How the result of a run is printed and where it is written. */
export interface RunOutput {
  /** Print the report as JSON and nothing else. */
  readonly json?: boolean
  /** Another folder for the reports than the configured one. */
  readonly folder?: string
}

/**
 * Judges the configured target, or the embedded server, and writes the reports. A shard writes its part of the run
 * beside them.
 * @returns the exit code
 */
export async function judgeTarget(
  config: Config,
  context: CommandContext,
  { json = false, folder = config.CONFORMANCE_REPORTS_DIR }: RunOutput = {},
): Promise<number> {
  const shown = json ? silent(context) : context
  const style = createStyle(shown.colours)
  const judgement = await prepareJudgement(config, context, folder)
  const { target, close } = await openTarget(config)
  try {
    const { CONFORMANCE_SHARD: shard } = config
    const part = shard === undefined ? '' : `  shard ${shard.index}/${shard.count}`
    shown.print(
      `${style.bold('thread-events-conformance')} ${packageVersion}  ${target.embedded ? 'embedded reference server' : target.baseUrl}${part}\n\n`,
    )
    const plan = runPlanOf(sameData(config, judgement.baseline), target, randomUUID())
    const record = await runWithProgress(plan, shown)
    const code = await concludeRun(record, judgement, context, json)
    return interruptedCode(context.signal) ?? code
  } finally {
    await close()
  }
}

async function runWithProgress(
  plan: RunPlan,
  { print, colours, live, signal }: CommandContext,
): Promise<RunRecord> {
  const areas = areasOfShard(
    specs.map(({ area }) => area),
    plan.shard,
  )
  const pace = paceOf(plan)
  const line = pace === undefined ? undefined : paceLine(pace)
  if (line !== undefined) print(`${line}\n\n`)
  const progress = createProgress(print, createStyle(colours), live, areas.length, pace)
  const stopping = () => {
    progress.stop()
    print('\nStopping. The report will cover what was judged so far. Press Ctrl-C again to quit now.\n')
  }
  signal.addEventListener('abort', stopping, { once: true })
  try {
    return await observedRun(plan, progress, signal)
  } finally {
    signal.removeEventListener('abort', stopping)
    progress.stop()
  }
}

// A shard makes a part of the requests, which depends on its areas.
function paceOf(plan: RunPlan): Pace | undefined {
  const counts = storedRequestCounts[(plan.revision ?? defaultRevision).name]
  if (counts === undefined || plan.shard !== undefined) return undefined
  const hasControl = plan.target.controlUrl !== undefined
  return {
    requests: plannedRequests(counts, specsOfPlan(specs, plan), { ...plan, hasControl }),
    maxRps: plan.maxRps,
  }
}

/** Runs a plan to its record, and reports its progress. */
export async function observedRun(
  plan: RunPlan,
  progress: RunProgress,
  signal?: AbortSignal,
): Promise<RunRecord> {
  let requests = 0
  const own = specsOfPlan(specs, plan)
  const run = await startRun(plan, specs, signal, () => progress.onRequests(++requests))
  const areas = areasOfShard(
    own.map(({ area }) => area),
    plan.shard,
  )
  const [record] = await Promise.all([run.record, reportProgress(run, own, areas, progress)])
  return record
}

// With other data than the baseline's, a difference could be one of the data.
function sameData(config: Config, baseline: Report | undefined): Config {
  const seed = config.CONFORMANCE_SEED ?? baseline?.seed
  return seed === undefined ? config : { ...config, CONFORMANCE_SEED: seed }
}

/** A folder for the reports of another command that is not the one it reads from. */
export function folderBeside(reportsDir: string, name: string, readFile: string, cwd: string): string {
  const folder = `${reportsDir}/${name}`
  const same = relative(resolve(cwd, folder), dirname(resolve(cwd, readFile))) === ''
  return same ? `${folder}-again` : folder
}
