import { copyFile, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CliOptions, createVitest, type Reporter, type TestModule } from 'vitest/node'
import type { RunRecord } from '../check/conformance-run.ts'
import { ConfigError } from '../config/load.ts'
import { packageRoot } from '../contract/package-root.ts'
import { silently } from './vitest-run.ts'

const ending = '.blob.json'

/** The file name of one shard's blob report. */
export function blobName({ index, count }: { readonly index: number; readonly count: number }): string {
  return `shard-${index}-of-${count}${ending}`
}

/**
 * Reads the records of the shards from vitest's blob reports, which vitest itself reads and checks the version of.
 * @param places files, or folders in which the files are, at any depth
 * @throws ConfigError where there are none, or one is no such report
 */
export async function readParts(places: readonly string[]): Promise<RunRecord[]> {
  const files = (await Promise.all(places.map(filesIn))).flat()
  if (files.length === 0)
    throw new ConfigError([
      `There is no ${blobName({ index: 1, count: 2 })} or the like in ${places.join(', ')}; name the folder in which the reports of all shards are.`,
    ])
  const reader = new RecordReader()
  // Vitest takes everything in a folder for a blob report.
  const folder = await mkdtemp(join(tmpdir(), 'conformance-parts-'))
  try {
    await Promise.all(files.map((file, at) => copyFile(file, join(folder, `${at}${ending}`))))
    await mergeBlobs(folder, [reader])
  } catch (error) {
    const [why] = error instanceof Error ? error.message.split('\n') : []
    throw new ConfigError([
      `The reports of the shards cannot be read: ${why ?? 'unknown error'}. Name what --shard of this version wrote.`,
    ])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  if (reader.records.length < files.length)
    throw new ConfigError([
      'A shard ended before it had a record of its run. See what it printed, and run it again.',
    ])
  return reader.records
}

async function mergeBlobs(folder: string, reporters: NonNullable<CliOptions['reporters']>): Promise<void> {
  const options: CliOptions = { config: false, root: packageRoot, watch: false, reporters }
  const vitest = await createVitest('test', options, {}, silently())
  try {
    await vitest.mergeReports(folder)
  } finally {
    await vitest.close()
  }
}

async function filesIn(place: string): Promise<string[]> {
  try {
    if ((await stat(place)).isFile()) return [place]
    const names = await readdir(place, { recursive: true })
    return names.filter((name) => name.endsWith(ending)).map((name) => join(place, name))
  } catch {
    throw new ConfigError([`${place} cannot be read; name the reports of the shards, or their folder.`])
  }
}

class RecordReader implements Reporter {
  readonly records: RunRecord[] = []

  onTestModuleEnd(module: TestModule): void {
    const { record } = module.meta()
    if (record !== undefined) this.records.push(record)
  }
}
