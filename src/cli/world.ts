import { writeFileSync } from 'node:fs'
import { ConfigError } from '../config/load.ts'
import { writeJson } from '../contract/json.ts'
import { defaultWorld } from '../reference/world/default-world.ts'

/**
 * Prints the data that `serve` holds as JSON that is valid against `schemas/world.schema.json`, or writes it to a file.
 * @throws ConfigError when the file cannot be written
 */
export function worldCommand(file: string | undefined, print: (text: string) => void): number {
  const text = `${writeJson(defaultWorld(), 1)}\n`
  if (file === undefined) {
    print(text)
    return 0
  }
  try {
    writeFileSync(file, text)
  } catch {
    throw new ConfigError([
      `--out names ${JSON.stringify(file)}, which cannot be written to. Name a file in a folder that exists.`,
    ])
  }
  return 0
}
