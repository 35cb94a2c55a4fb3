import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { planOf } from '../check/plan.ts'
import type { Config } from '../config/load.ts'
import { packageVersion } from '../contract/package-root.ts'
import type { LiveLine } from '../report/live-line.ts'
import { createProgress } from '../report/progress.ts'
import { createStyle } from '../report/style.ts'
import { embeddedTarget } from '../target/embedded.ts'
import { configuredTarget } from '../target/target.ts'
import { conclude, confessBroken, prepareJudgement } from './conclude.ts'
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
    const { record, errors } = await runUnderVitest(
      planOf(config, target, randomUUID()),
      progress,
      blob,
    ).finally(() => progress.stop())
    if (record === undefined || errors.length > 0) return confessBroken(errors, output)
    return await conclude(record, judgement, output)
  } finally {
    await embedded?.close()
  }
}
