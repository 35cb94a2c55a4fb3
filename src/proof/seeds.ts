import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { packageFile } from '../contract/package-root.ts'
import { faults } from '../reference/faults/index.ts'
import { variants } from '../reference/variants/index.ts'
import type { SeedJob } from './seeds-child.ts'
import { spread } from './spread.ts'

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
    .map(({ name }) => ({ kind: 'fault' as const, name, seeds: Number(values.faults), only: ['model'] })),
  { kind: 'reference', name: 'the reference server', seeds: Number(values.reference), only: both },
  ...variants.map(({ name }) => ({
    kind: 'variant' as const,
    name,
    seeds: Number(values.variants),
    only: both,
  })),
]

const script = new URL(import.meta.url.replace(/seeds(\.\w+)$/, 'seeds-child$1'))
const failures = await spread(jobs, script, z.number(), ({ name, seeds }, failed) => {
  process.stdout.write(`${name}: ${failed} of ${seeds}\n`)
})
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
writeFileSync(packageFile('reports/seeds.json'), `${JSON.stringify(summary, null, 1)}\n`)
writeFileSync(
  packageFile('reports/seeds.md'),
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
