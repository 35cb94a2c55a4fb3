import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { z } from 'zod'
import { parseMarked } from '../../src/contract/exact-number.ts'
import type { RunRecord } from '../../src/record/run-record.ts'

// This program wrote the file, so a record has the whole shape.
const keptBefore = z.custom<RunRecord>(
  (value) => z.object({ outcomes: z.array(z.unknown()) }).safeParse(value).success,
)

/**
 * The record of a run, kept in a folder: a changed diagnosis can be measured on the same runs, without making them
 * again. Records are valid for the checks and faults they were made with.
 * @param folder nothing keeps nothing
 * @param make makes the record if the folder does not have it
 */
export async function keptRecord(
  folder: string | undefined,
  name: string,
  make: () => Promise<RunRecord>,
): Promise<RunRecord> {
  if (folder === undefined) return await make()
  const path = join(folder, `${name}.gz`)
  if (existsSync(path)) return keptBefore.parse(parseMarked(gunzipSync(readFileSync(path)).toString()))
  const record = await make()
  mkdirSync(folder, { recursive: true })
  // A measurement that is stopped leaves no half of a record.
  writeFileSync(`${path}.part`, gzipSync(JSON.stringify(record), { level: 1 }))
  renameSync(`${path}.part`, path)
  return record
}
