import { join } from 'node:path'
import type { Config } from '../config/load.ts'
import type { Option } from '../config/options.ts'
import type { Variable } from '../config/settings.ts'
import type { CommandContext } from './context.ts'

/** The configuration of a command, which reads the variables of its own options only. */
export async function commandConfig(
  { env, cwd }: CommandContext,
  flags: Readonly<Record<string, string>>,
  own: readonly Option[],
): Promise<Config> {
  const { loadConfig } = await import('../config/load.ts')
  const variables: Variable[] = own.map(({ variable }) => variable)
  if (variables.includes('CONFORMANCE_TOKEN')) variables.push('QODER_PAT')
  return loadConfig({ flags, env, dotenvFile: join(cwd, '.env'), variables })
}
