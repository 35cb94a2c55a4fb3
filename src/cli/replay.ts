import { randomUUID } from 'node:crypto'
import { type Config, ConfigError } from '../config/load.ts'
import { suggestion } from '../config/suggest.ts'
import { isRequirementId, requirements } from '../contract/catalogue.ts'
import { printable } from '../report/printable.ts'
import { readReport } from '../report/read-report.ts'
import { createStyle } from '../report/style.ts'
import { replayCounterexample } from '../runner/replay-counterexample.ts'
import { runPlanOf } from '../runner/run-plan.ts'
import { openTarget } from '../targets/embedded-target.ts'
import type { CommandContext } from './context.ts'
import { folderBeside, judgeTarget } from './run.ts'

/**
 * Repeats what failed in an earlier run: its counterexample, or the check of the requirement if there is none.
 * @returns 0 if it does not fail any more, 1 if it does, 3 if it could not be repeated
 */
export async function replayCommand(
  file: string,
  requirement: string,
  config: Config,
  context: CommandContext,
): Promise<number> {
  if (!isRequirementId(requirement)) {
    const ids = requirements.map(({ id }) => id)
    throw new ConfigError([
      `${JSON.stringify(requirement)} is not a requirement ID.${suggestion(requirement, ids)} "${context.invocation} requirements" lists all.`,
    ])
  }
  const report = readReport(file, context.cwd)
  const { base_url, embedded } = report.target
  if (config.CONFORMANCE_BASE_URL === undefined && !embedded)
    context.stderr.write(
      `The report is about ${printable(base_url)}, but no base URL is set, so the embedded reference server is tested. Set CONFORMANCE_BASE_URL or pass --base-url.\n`,
    )
  const kept = report.generated?.counterexamples.find((one) => one.requirement === requirement)
  if (kept === undefined) {
    const only = { ...config, CONFORMANCE_ONLY: [requirement], ...seedOf(report.seed) }
    const folder = folderBeside(config.CONFORMANCE_REPORTS_DIR, `replay-${requirement}`, file, context.cwd)
    return judgeTarget(only, context, { folder })
  }
  const style = createStyle(context.colours)
  const { target, close } = await openTarget(config)
  try {
    context.print(`${style.bold(requirement)} on ${target.baseUrl}\n${kept.steps.map(line).join('')}`)
    const plan = runPlanOf(config, target, randomUUID())
    const replayed = await replayCounterexample(plan, kept, context.signal)
    if (replayed.result === 'not-asked') {
      context.print(`${style.yellow('INCONCLUSIVE')}  ${printable(replayed.why)}\n`)
      return 3
    }
    if (replayed.result === 'holds') {
      context.print(`${style.green('PASS')}  The counterexample does not fail any more.\n`)
      return 0
    }
    const [attribution] = replayed.attributions
    context.print(
      `${style.red('STILL FAILS')}  ${attribution?.id ?? requirement}: ${printable(attribution?.finding.message ?? '')}\n`,
    )
    return 1
  } finally {
    await close()
  }
}

function line(step: string): string {
  return `  ${printable(step)}\n`
}

function seedOf(seed: number | undefined): { readonly CONFORMANCE_SEED?: number } {
  return seed === undefined ? {} : { CONFORMANCE_SEED: seed }
}
