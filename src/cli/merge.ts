import { type Config, ConfigError } from '../config/load.ts'
import { packageVersion } from '../contract/package-root.ts'
import { createStyle } from '../report/style.ts'
import { mergeParts } from '../runner/shards/merge-parts.ts'
import { partProblems } from '../runner/shards/part-problems.ts'
import type { CommandContext } from './context.ts'
import { concludeRun, prepareJudgement } from './finalize-run.ts'
import { readParts } from './part-file.ts'

/**
 * `merge folder`: makes one report of the parts that the shards of a run wrote.
 * @returns the exit code of the whole run
 * @throws ConfigError saying what is missing, if the parts do not make a whole
 */
export async function mergeCommand(
  places: readonly string[],
  config: Config,
  context: CommandContext,
): Promise<number> {
  const judgement = await prepareJudgement(config, context)
  const parts = await readParts(places.length === 0 ? [judgement.folder] : places, context.cwd)
  const problems = partProblems(parts)
  if (problems.length > 0) throw new ConfigError(problems)
  const record = mergeParts(parts)
  const target = record.target.embedded ? 'embedded reference server' : record.target.baseUrl
  const title = createStyle(context.colours).bold('thread-events-conformance')
  context.print(`${title} ${packageVersion}  ${target}  ${parts.length} shards\n`)
  return concludeRun(record, judgement, context)
}
