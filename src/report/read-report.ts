import { readFileSync } from 'node:fs'
import { ConfigError } from '../config/load.ts'
import { parseJson } from '../contract/json.ts'
import { schemaGuard, schemaProblem } from '../contract/schemas.ts'
import type { Report } from './model.ts'

/**
 * Reads a report that an earlier run wrote.
 * @throws ConfigError when the file cannot be read or is no such report
 */
export function readReport(file: string): Report {
  const value = parseJson(textOf(file))
  if (value === undefined)
    throw new ConfigError([`${file} is not JSON; name a conformance.json that a run wrote.`])
  const problem = schemaProblem('report', value)
  const isReport = schemaGuard<Report>('report')
  if (problem === undefined && isReport(value)) return value
  throw new ConfigError([
    `${file} is no report of this suite: ${problem}. Name a conformance.json that a run wrote.`,
  ])
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new ConfigError([`${file} cannot be read; name a conformance.json that a run wrote.`])
  }
}
