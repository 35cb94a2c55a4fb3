import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { packageFile } from '../../src/contract/package-root.ts'
import { faults } from '../../src/reference/faults/index.ts'
import { variants } from '../../src/reference/variants/index.ts'
import { WorkerPool } from '../worker-pool.ts'
import type { SeedJob } from './worker.ts'

/** How often one server failed by generated data and live checks alone, over how many seeds. */
interface SeedResult {
  readonly name: string
  readonly seeds: number
  readonly failed: number
}

const { values } = parseArgs({
  options: {
    faults: { type: 'string', default: '20' },
    reference: { type: 'string', default: '200' },
    variants: { type: 'string', default: '200' },
  },
})

const both = ['model', 'live']
const jobs: SeedJob[] = [
  ...faults
    .filter((fault) => fault.generatedOnly === true)
    .map(({ name }) => ({
      kind: 'fault' as const,
      name,
      from: 1,
      seeds: Number(values.faults),
      only: ['model'],
    })),
  { kind: 'reference', name: 'the reference server', from: 1, seeds: Number(values.reference), only: both },
  ...variants.map(({ name }) => ({
    kind: 'variant' as const,
    name,
    from: 1,
    seeds: Number(values.variants),
    only: both,
  })),
]

const pool = new WorkerPool<SeedJob, number>({ script: 'seeds/worker.js', answer: z.number() })
let done = 0
const failures = await Promise.all(
  jobs.map(async (job) => {
    const failed = await pool.run(job)
    done += 1
    process.stdout.write(`${done}/${jobs.length} ${job.name}: ${failed} of ${job.seeds}\n`)
    return failed
  }),
)
pool.close()
const results = jobs.map(({ kind, name, seeds }, at) => ({ kind, name, seeds, failed: failures[at] ?? 0 }))
const resultsOf = (...kinds: readonly SeedJob['kind'][]): SeedResult[] =>
  results.filter(({ kind }) => kinds.includes(kind))
const generated = resultsOf('fault')
const clean = resultsOf('reference', 'variant')

const row = ({ name, seeds, failed }: SeedResult) => `| ${name} | ${failed} of ${seeds} |`
const often = generated.filter(({ failed, seeds }) => failed >= 0.95 * seeds).length
const summary = {
  faults: generated.length,
  found_in_19_of_20: often,
  fault_seeds: Number(values.faults),
  reference_seeds: Number(values.reference),
  variant_seeds: Number(values.variants),
  variants: clean.length - 1,
  alarms: clean.reduce((sum, { failed }) => sum + failed, 0),
}
writeFileSync(packageFile('docs/seeds.json'), `${JSON.stringify(summary, null, 1)}\n`)
writeFileSync(
  packageFile('docs/seeds.md'),
  `${[
    '# Generated data over many seeds',
    '',
    'Made by `npm run seeds`: generated worlds, queries and live events alone, with the default number of runs.',
    '',
    `Faults that no check written by hand finds: ${often} of ${generated.length} are found in at least 19 of 20 seeds.`,
    `False alarms: ${summary.alarms}, over ${summary.reference_seeds} seeds of the reference server and ${summary.variant_seeds} of each of ${summary.variants} variants.`,
    '',
    '| fault | found |',
    '|---|---|',
    ...generated.map(row),
    '',
    '| correct server | alarms |',
    '|---|---|',
    ...clean.map(row),
  ].join('\n')}\n`,
)
