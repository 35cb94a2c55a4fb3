import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { packageFile } from '../contract/package-root.ts'
import { faults } from '../reference/faults/index.ts'
import { variants } from '../reference/variants/index.ts'
import { tryServer } from './try-server.ts'

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

/** Two runs at a time: each waits for its own server most of the time. */
const abreast = 2

async function overSeeds(
  name: string,
  seeds: number,
  server: Parameters<typeof tryServer>[0],
  only: readonly string[],
): Promise<SeedResult> {
  let failed = 0
  const rest = Array.from({ length: seeds }, (_, at) => at + 1).values()
  await Promise.all(
    Array.from({ length: abreast }, async () => {
      for (const seed of rest) {
        const { outcomes } = await tryServer(server, { only, seed })
        if (outcomes.some(({ verdict }) => verdict === 'fail' || verdict === 'broken')) failed += 1
      }
    }),
  )
  process.stdout.write(`${name}: ${failed} of ${seeds}\n`)
  return { name, seeds, failed }
}

const generated: SeedResult[] = []
for (const { name, alter } of faults.filter((fault) => fault.generatedOnly === true))
  generated.push(await overSeeds(name, Number(values.faults), { behaviour: alter }, ['model']))
const both = ['model', 'live']
const reference = await overSeeds('the reference server', Number(values.reference), {}, both)
const clean: SeedResult[] = [reference]
for (const { name, server, alter } of variants)
  clean.push(await overSeeds(name, Number(values.variants), { ...server, behaviour: alter }, both))

const row = ({ name, seeds, failed }: SeedResult) => `| ${name} | ${failed} of ${seeds} |`
const often = generated.filter(({ failed, seeds }) => failed >= 0.95 * seeds).length
const summary = {
  faults: generated.length,
  found_in_19_of_20: often,
  fault_seeds: Number(values.faults),
  reference_seeds: reference.seeds,
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
    `False alarms: ${summary.alarms}, over ${reference.seeds} seeds of the reference server and ${summary.variant_seeds} of each of ${summary.variants} variants.`,
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
