import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { planOf } from '../check/plan.ts'
import type { Config } from '../config/load.ts'
import { packageVersion } from '../contract/package-root.ts'
import type { LiveLine } from '../report/live-line.ts'
import type { Report } from '../report/model.ts'
import { createProgress } from '../report/progress.ts'
import { createStyle } from '../report/style.ts'
import { embeddedTarget } from '../target/embedded.ts'
import { configuredTarget } from '../target/target.ts'
import { conclude, confessBroken, prepareJudgement } from './conclude.ts'
import { stopOnSignal } from './interruption.ts'
import { blobName } from './read-parts.ts'
import { runUnderVitest } from './vitest-run.ts'

/** Where a command prints to, and whether colours belong there. */
export interface Output {
  readonly print: (text: string) => void
  readonly colours: boolean
  /** The live line of the terminal that is printed to, where it is one. */
  readonly live?: LiveLine | undefined
}

/**
 * The main job: judges the configured target, or the embedded server, and writes the reports. A shard writes its part
 * of the run beside them.
 * @returns the exit code
 */
export async function runCommand(config: Config, output: Output): Promise<number> {
  const style = createStyle(output.colours)
  const judgement = await prepareJudgement(config)
  const { CONFORMANCE_SHARD: shard } = config
  const blob = shard === undefined ? undefined : resolve(judgement.folder, blobName(shard))
  if (blob !== undefined) await rm(blob, { force: true })
  const configured = configuredTarget(config)
  const embedded = configured === undefined ? await embeddedTarget() : undefined
  const target = configured ?? embedded?.target
  if (target === undefined) throw new Error('There is neither a configured nor an embedded target.')
  try {
    const part = shard === undefined ? '' : `  shard ${shard.index}/${shard.count}`
    output.print(
      `${style.bold('thread-events-conformance')} ${packageVersion}  ${embedded === undefined ? target.baseUrl : 'embedded reference server'}${part}\n\n`,
    )
    const progress = createProgress(output.print, style, output.live)
    const plan = planOf(sameData(config, judgement.baseline), target, randomUUID())
    const interruption = stopOnSignal(plan.runId, () => {
      progress.stop()
      output.print('\nStopping; what was judged so far is reported. A second Ctrl-C ends at once.\n')
    })
    const { record, errors } = await runUnderVitest(plan, progress, blob).finally(() => {
      progress.stop()
      interruption.end()
    })
    if (record === undefined || errors.length > 0) return interruption.code ?? confessBroken(errors, output)
    const code = await conclude(record, judgement, output)
    return interruption.code ?? code
  } finally {
    await embedded?.close()
  }
}

// With other data than the baseline's, a difference could be one of the data.
function sameData(config: Config, baseline: Report | undefined): Config {
  const seed = config.CONFORMANCE_SEED ?? baseline?.seed
  return seed === undefined ? config : { ...config, CONFORMANCE_SEED: seed }
}
