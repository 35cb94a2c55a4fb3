import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseJson } from '../contract/json.ts'
import { schemaGuard, schemaProblem } from '../contract/schemas.ts'
import { ConfigError } from './load.ts'

const usualFile = 'conformance.waivers.json'

/** One waiver, as `schemas/waivers.schema.json` describes it. */
interface WaiverEntry {
  readonly requirement: string
  readonly fingerprint?: string
  readonly covers?: readonly string[]
  readonly owner: string
  readonly reason: string
  readonly link?: string
  readonly expires: string
}

/**
 * Reads the waivers file: the named one, or the default one if it exists.
 * @param cwd the folder that relative paths start from
 * @throws ConfigError when the file cannot be read or is not what its schema says
 */
export function readWaivers(file: string | undefined, cwd: string): readonly WaiverEntry[] {
  if (file === undefined && !existsSync(join(cwd, usualFile))) return []
  const name = file ?? usualFile
  const value = parseJson(textOf(name, cwd))
  if (value === undefined) throw new ConfigError([`The waivers file ${name} is not JSON.`])
  const problem = schemaProblem('waivers', value)
  if (problem !== undefined)
    throw new ConfigError([
      `The waivers file ${name} is not valid: ${problem}. See schemas/waivers.schema.json.`,
    ])
  const isWaivers = schemaGuard<{ readonly waivers: readonly WaiverEntry[] }>('waivers')
  return isWaivers(value) ? value.waivers : []
}

function textOf(name: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, name), 'utf8')
  } catch {
    throw new ConfigError([
      `The waivers file ${name} cannot be read. Check the path given with --waivers or CONFORMANCE_WAIVERS.`,
    ])
  }
}
