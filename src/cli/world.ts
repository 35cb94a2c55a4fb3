import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ConfigError } from '../config/load.ts'
import { writeJson } from '../contract/json.ts'
import { worldOf } from '../reference/revisions/index.ts'
import { defaultWorld } from '../reference/world/default-world.ts'
import type { CommandContext } from './context.ts'

/**
 * Prints the data that `serve` holds as JSON that is valid against `schemas/world.schema.json`, or writes it to a file.
 * @param revision the revision whose form the events have
 * @throws ConfigError if the file cannot be written
 */
export function worldCommand(
  file: string | undefined,
  revision: string,
  { print, cwd }: CommandContext,
): number {
  const text = `${writeJson(worldOf(revision, defaultWorld()), 1)}\n`
  if (file === undefined) {
    print(text)
    return 0
  }
  try {
    writeFileSync(resolve(cwd, file), text)
  } catch {
    throw new ConfigError([
      `--out ${JSON.stringify(file)} cannot be written. Choose a file in a folder that exists.`,
    ])
  }
  return 0
}
