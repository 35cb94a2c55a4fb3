// `npm run diagnosis`: measures what the diagnosis names. `-- --update` writes the figures to docs/diagnosis.md and .json.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { packageFile } from '../../src/contract/package-root.ts'
import { composites } from '../../src/reference/composites/index.ts'
import { WorkerPool } from '../worker-pool.ts'
import { diagnosisFigures, diagnosisMarkdown, diagnosisSummary } from './diagnosis-report.ts'
import { measure, sampleOfFaults } from './measure.ts'
import { type TrialAnswer, type TrialJob, trialAnswer } from './trial.ts'

const { values } = parseArgs({
  options: {
    /** How many faults are tried, and the seed that they are drawn with. */
    faults: { type: 'string', default: '60' },
    seed: { type: 'string', default: '7' },
    /** How many composites of two and three faults by turns, and their seed. */
    composites: { type: 'string', default: '45' },
    'composite-seed': { type: 'string', default: '2' },
    update: { type: 'boolean', default: false },
  },
})

const seeds = { faults: Number(values.seed), composites: Number(values['composite-seed']) }
const pool = new WorkerPool<TrialJob, TrialAnswer>({ script: 'diagnosis/worker.js', answer: trialAnswer })
const measured = await measure(
  {
    faults: sampleOfFaults(Number(values.faults), seeds.faults),
    seed: seeds.composites,
    composites: Number(values.composites),
    publicServers: composites.filter(({ name }) => name.startsWith('public-')).map(({ name }) => name),
  },
  pool,
  ({ name, said, heldSaid }) => {
    process.stdout.write(`${name}: ${said}${heldSaid === '' ? '' : ` | without it: ${heldSaid}`}\n`)
  },
)
pool.close()
process.stdout.write(`${diagnosisSummary(measured, seeds).join('\n')}\n`)
if (values.update) {
  const figures = JSON.stringify(diagnosisFigures(measured), undefined, 1)
  writeFileSync(packageFile('docs/diagnosis.json'), `${figures}\n`)
  writeFileSync(packageFile('docs/diagnosis.md'), diagnosisMarkdown(measured, seeds))
}
