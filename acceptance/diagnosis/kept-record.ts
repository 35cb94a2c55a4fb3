import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { RunRecord } from '../../src/record/run-record.ts'

/**
 * The record of a run, kept in a folder: a changed diagnosis can be measured on the same runs, without making them
 * again. Records are valid for the checks and faults they were made with. Texts of frames and bodies are not kept: a
 * diagnosis reads the parsed answers.
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
  if (existsSync(path)) return deserialize(gunzipSync(readFileSync(path)))
  const record = await make()
  mkdirSync(folder, { recursive: true })
  // A measurement that is stopped leaves no half of a record.
  writeFileSync(`${path}.part`, gzipSync(serialize(record), { level: 1 }))
  renameSync(`${path}.part`, path)
  return record
}
