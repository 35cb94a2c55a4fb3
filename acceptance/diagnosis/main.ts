// `npm run diagnosis`: measures what the diagnosis names. `-- --update` writes the figures to docs/diagnosis.md and .json.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { packageFile } from '../../src/contract/package-root.ts'
import { composites } from '../../src/reference/composites/index.ts'
import { WorkerPool } from '../worker-pool.ts'
import { measure, percent, shareOfFaults } from './measure.ts'
import { diagnosable, type TrialAnswer, type TrialJob, trialAnswer } from './trial.ts'

const { values } = parseArgs({
  options: {
    /** Every n-th fault. */
    every: { type: 'string', default: '6' },
    shift: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    composites: { type: 'string', default: '24' },
    update: { type: 'boolean', default: false },
  },
})

const pool = new WorkerPool<TrialJob, TrialAnswer>({ script: 'diagnosis/worker.js', answer: trialAnswer })
const faults = shareOfFaults(Number(values.every), Number(values.shift))
const measured = await measure(
  {
    faults,
    seed: Number(values.seed),
    composites: Number(values.composites),
    publicServers: composites.filter(({ name }) => name.startsWith('public-')).map(({ name }) => name),
  },
  pool,
  ({ name, said, heldSaid }) => {
    process.stdout.write(`${name}: ${said}${heldSaid === '' ? '' : ` | without it: ${heldSaid}`}\n`)
  },
)
pool.close()
const { single, pairs, triples, publicServers } = measured
const count = (answers: readonly TrialAnswer[], is: (answer: TrialAnswer) => boolean) =>
  `${answers.filter(is).length} of ${answers.length} (${percent(answers, is)} %)`
const summary = [
  `- Named first, with the whole dictionary: ${count(single, ({ named }) => named)}. Tried: ${faults.length} of ${diagnosable.length} faults that break a MUST requirement.`,
  `- With the fault taken out of the dictionary: kind right ${count(single, ({ kindRight }) => kindRight)}, another mechanism named ${count(single, ({ misleading }) => misleading)}, certain and wrong ${count(single, ({ wronglyCertain }) => wronglyCertain)}.`,
  `- Two faults at once, both named: ${count(pairs, ({ named }) => named)}.`,
  `- Three faults at once, all named: ${count(triples, ({ named }) => named)}.`,
  `- Rebuilt public servers, every cause named: ${count(publicServers, ({ named }) => named)}.`,
]
process.stdout.write(`${summary.join('\n')}\n`)
const number = (answers: readonly TrialAnswer[], is: (answer: TrialAnswer) => boolean) =>
  answers.filter(is).length
const isNamed = ({ named }: TrialAnswer) => named
if (values.update) {
  const figures = {
    of: diagnosable.length,
    faults: single.length,
    first: number(single, isNamed),
    kind_right: number(single, ({ kindRight }) => kindRight),
    misleading: number(single, ({ misleading }) => misleading),
    wrongly_certain: number(single, ({ wronglyCertain }) => wronglyCertain),
    pairs: pairs.length,
    pairs_named: number(pairs, isNamed),
    triples: triples.length,
    triples_named: number(triples, isNamed),
    public_servers: publicServers.length,
    public_servers_named: number(publicServers, isNamed),
  }
  writeFileSync(packageFile('docs/diagnosis.json'), `${JSON.stringify(figures, undefined, 1)}\n`)
  writeFileSync(
    packageFile('docs/diagnosis.md'),
    `${[
      '# What the diagnosis names',
      '',
      'Measured by `npm run diagnosis -- --update` on servers with faults of the catalogue, over another world and other',
      'generated data than the catalogue was made with. A kind is the kind of bug (“has_more is wrong.”), a mechanism how it',
      'works (“has_more is true whenever the page is full.”).',
      '',
      ...summary,
      '',
      '| server | named | diagnosis | without the fault in the dictionary |',
      '|---|---|---|---|',
      ...[...publicServers, ...pairs, ...triples, ...single].map(
        ({ name, named, said, heldSaid }) => `| ${name} | ${named ? 'yes' : 'no'} | ${said} | ${heldSaid} |`,
      ),
    ].join('\n')}\n`,
  )
}
