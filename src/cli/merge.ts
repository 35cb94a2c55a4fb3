import { specs } from '../../specs/index.ts'
import { mergeParts } from '../check/merge-parts.ts'
import { partsProblems } from '../check/parts-problems.ts'
import { type Config, ConfigError } from '../config/load.ts'
import { packageVersion } from '../contract/package-root.ts'
import { createStyle } from '../report/style.ts'
import { conclude, prepareJudgement } from './conclude.ts'
import { readParts } from './read-parts.ts'
import type { Output } from './run.ts'

/** The environment without what names a target: merging asks none, and a CI job for it need not be told of one. */
export function withoutTarget(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const ofTarget = /^(CONFORMANCE_(\w+_)?(URL|ID|TOKEN|HEADERS|SHARD)|QODER_PAT)$/
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ofTarget.test(name)))
}

/**
 * `merge folder`: makes one report of the parts that the shards of a run wrote.
 * @returns the exit code of the whole run
 * @throws ConfigError saying what is missing, where the parts do not make a whole
 */
export async function mergeCommand(
  places: readonly string[],
  config: Config,
  output: Output,
): Promise<number> {
  const judgement = await prepareJudgement(config)
  const parts = await readParts(places.length === 0 ? [judgement.folder] : places)
  const problems = partsProblems(parts)
  if (problems.length > 0) throw new ConfigError(problems)
  const record = mergeParts(parts, specs)
  const target = record.target.embedded ? 'embedded reference server' : record.target.baseUrl
  const title = createStyle(output.colours).bold('thread-events-conformance')
  output.print(`${title} ${packageVersion}  ${target}  ${parts.length} shards\n`)
  return conclude(record, judgement, output)
}
