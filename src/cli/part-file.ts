import { readdir, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { ConfigError } from '../config/load.ts'
import { parseMarked } from '../contract/exact-number.ts'
import { packageVersion } from '../contract/package-root.ts'
import type { RunRecord } from '../record/run-record.ts'

const ending = '.part.json'
const format = 'thread-events-conformance-part/1'

/** The file name of the part that one shard writes. */
export function partFileName({ index, count }: { readonly index: number; readonly count: number }): string {
  return `shard-${index}-of-${count}${ending}`
}

/** The content of a part file: the whole record of a shard. */
export function partText(record: RunRecord): string {
  const text = (kept: RunRecord) => `${JSON.stringify({ format, version: packageVersion, record: kept })}\n`
  try {
    return text(record)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    // Longer than a string can be: the diagnosis goes without it, the verdict does not.
    return text({ ...record, evidence: { answers: [], values: [], setupActions: [], complete: false } })
  }
}

// The version is compared first, so a record of the right version has the shape that this program writes.
const header = z.object({ format: z.literal(format), version: z.string() })
const list = z.array(z.object({ id: z.union([z.string(), z.number()]) }))
const evidence = z.object({ answers: z.array(z.unknown()), values: z.array(z.unknown()) })
const body = z.object({
  outcomes: list,
  exchanges: list,
  target: z.object({ baseUrl: z.string() }),
  evidence,
})
const part = z.object({
  record: z.custom<RunRecord>((value) => body.safeParse(value).success, 'is incomplete'),
})

/**
 * Reads the records of shards.
 * @param places files, or folders that contain the files at any depth
 * @param cwd the folder that relative places start from
 * @throws ConfigError if there are no part files, or one cannot be read
 */
export async function readParts(places: readonly string[], cwd: string): Promise<RunRecord[]> {
  const files = (await Promise.all(places.map((place) => filesIn(place, cwd)))).flat()
  if (files.length === 0)
    throw new ConfigError([
      `No part of a run (such as ${partFileName({ index: 1, count: 2 })}) found in ${places.join(', ')}. Name the folder with the reports of all shards.`,
    ])
  return Promise.all(files.map((file) => readPart(file, cwd)))
}

async function readPart(file: string, cwd: string): Promise<RunRecord> {
  const value = jsonOf(await textOf(file, cwd))
  const known = header.safeParse(value)
  if (!known.success)
    throw new ConfigError([
      `${file} is not a part that --shard wrote, or it is incomplete. Run that shard again.`,
    ])
  if (known.data.version !== packageVersion)
    throw new ConfigError([
      `${file} was written by version ${known.data.version}; this is version ${packageVersion}. Run all shards and merge with the same version.`,
    ])
  const whole = part.safeParse(value)
  if (whole.success) return whole.data.record
  throw new ConfigError([`${file} is incomplete. Run that shard again.`])
}

function jsonOf(text: string): unknown {
  try {
    return parseMarked(text)
  } catch {
    return undefined
  }
}

async function textOf(file: string, cwd: string): Promise<string> {
  try {
    return await readFile(resolve(cwd, file), 'utf8')
  } catch {
    throw unreadable(file)
  }
}

async function filesIn(place: string, cwd: string): Promise<string[]> {
  try {
    if ((await stat(resolve(cwd, place))).isFile()) return [place]
    const names = await readdir(resolve(cwd, place), { recursive: true })
    return names.filter((name) => name.endsWith(ending)).map((name) => join(place, name))
  } catch {
    throw unreadable(place)
  }
}

function unreadable(place: string): ConfigError {
  return new ConfigError([`${place} cannot be read. Name the parts of the shards, or their folder.`])
}
