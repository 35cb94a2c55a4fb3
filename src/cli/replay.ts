import { randomUUID } from 'node:crypto'
import { planOf } from '../check/plan.ts'
import { replayCounterexample } from '../check/replay.ts'
import { type Config, ConfigError } from '../config/load.ts'
import { isRequirementId } from '../contract/catalogue.ts'
import { printable } from '../report/printable.ts'
import { readReport } from '../report/read-report.ts'
import { createStyle } from '../report/style.ts'
import { embeddedTarget } from '../target/embedded.ts'
import { configuredTarget } from '../target/target.ts'
import { type Output, runCommand } from './run.ts'

/**
 * Asks again what an earlier run saw fail: the counterexample that it kept, or else the requirement's own check.
 * @returns 0 when it does not fail any more, 1 when it does, 3 when it could not be asked
 */
export async function replayCommand(
  operands: readonly string[],
  config: Config,
  output: Output,
): Promise<number> {
  const [file, requirement] = operands
  if (file === undefined || requirement === undefined || operands.length > 2)
    throw new ConfigError(['replay needs two things: a conformance.json, and the requirement to ask again.'])
  if (!isRequirementId(requirement))
    throw new ConfigError([
      `${JSON.stringify(requirement)} is no requirement; the command \`requirements\` lists them.`,
    ])
  const report = readReport(file)
  const kept = report.generated?.counterexamples.find((one) => one.requirement === requirement)
  if (kept === undefined)
    return runCommand({ ...config, CONFORMANCE_ONLY: [requirement], ...seedOf(report.seed) }, output)
  const style = createStyle(output.colours)
  const configured = configuredTarget(config)
  const embedded = configured === undefined ? await embeddedTarget() : undefined
  const target = configured ?? embedded?.target
  if (target === undefined) throw new Error('There is neither a configured nor an embedded target.')
  try {
    output.print(`${style.bold(requirement)} on ${target.baseUrl}\n${kept.steps.map(line).join('')}`)
    const replayed = await replayCounterexample(planOf(config, target, randomUUID()), kept)
    if (replayed.result === 'not-asked') {
      output.print(`${style.yellow('NOT ASKED')}  ${printable(replayed.why)}\n`)
      return 3
    }
    if (replayed.result === 'holds') {
      output.print(`${style.green('HOLDS')}  The counterexample is answered as it must be.\n`)
      return 0
    }
    const [blame] = replayed.blames
    output.print(
      `${style.red('STILL FAILS')}  ${blame?.id ?? requirement}: ${printable(blame?.finding.message ?? '')}\n`,
    )
    return 1
  } finally {
    await embedded?.close()
  }
}

function line(step: string): string {
  return `  ${printable(step)}\n`
}

function seedOf(seed: number | undefined): { readonly CONFORMANCE_SEED?: number } {
  return seed === undefined ? {} : { CONFORMANCE_SEED: seed }
}
