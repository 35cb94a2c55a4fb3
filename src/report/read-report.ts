import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ConfigError } from '../config/load.ts'
import { parseJson } from '../contract/json.ts'
import { schemaGuard, schemaProblem } from '../contract/schemas.ts'
import type { Report } from './model.ts'
import { type StoredReport, upgradeReport } from './upgrade-report.ts'

/**
 * Reads a report of an earlier run, of any format version.
 * @param cwd the folder that a relative path starts from
 * @throws ConfigError when the file cannot be read or is not a report
 */
export function readReport(file: string, cwd = '.'): Report {
  const value = parseJson(textOf(file, cwd))
  if (value === undefined)
    throw new ConfigError([`${file} is not JSON. Name a conformance.json that a run wrote.`])
  const problem = schemaProblem('report', value)
  const isReport = schemaGuard<StoredReport>('report')
  if (problem === undefined && isReport(value)) return upgradeReport(value)
  throw new ConfigError([
    `${file} is not a report of this suite: ${problem}. Name a conformance.json that a run wrote.`,
  ])
}

function textOf(file: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8')
  } catch {
    throw new ConfigError([`${file} cannot be read. Name a conformance.json that a run wrote.`])
  }
}
