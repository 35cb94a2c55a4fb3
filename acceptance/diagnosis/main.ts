// `npm run diagnosis`: measures what the diagnosis names, on every fault. `-- --update` writes docs/diagnosis.md and .json.
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { packageFile } from '../../src/contract/package-root.ts'
import { WorkerPool } from '../worker-pool.ts'
import { diagnosisMarkdown, diagnosisSummary } from './diagnosis-report.ts'
import { figuresOf } from './figures.ts'
import { type MeasurePlan, measure, publicServers, sampleOfFaults, sizeOf } from './measure.ts'
import { diagnosable, type TrialAnswer, type TrialJob, trialAnswer } from './trial.ts'

const { values } = parseArgs({
  options: {
    /** How many faults are tried, and the seed that they are drawn with. */
    faults: { type: 'string', default: String(diagnosable.length) },
    seed: { type: 'string', default: '7' },
    /** How many composites of two and three faults by turns, and their seed. */
    composites: { type: 'string', default: '80' },
    'composite-seed': { type: 'string', default: '11' },
    /** A folder that keeps the records of the runs, to measure another diagnosis on the same runs. */
    records: { type: 'string' },
    update: { type: 'boolean', default: false },
  },
})

/** The approximate time for one server, on one processor. */
const secondsPerServer = 12

const seeds = { faults: Number(values.seed), composites: Number(values['composite-seed']) }
const plan: MeasurePlan = {
  faults: sampleOfFaults(Number(values.faults), seeds.faults),
  seed: seeds.composites,
  composites: Number(values.composites),
  publicServers,
  records: values.records === undefined ? undefined : resolve(values.records),
}
const size = sizeOf(plan)
process.stdout.write(
  `${size} servers: about ${Math.ceil((size * secondsPerServer) / 120)} minutes on two processors.\n`,
)
const pool = new WorkerPool<TrialJob, TrialAnswer>({ script: 'diagnosis/worker.js', answer: trialAnswer })
let done = 0
const measured = await measure(plan, pool, ({ name, said, heldSaid }) => {
  done += 1
  const without = heldSaid === '' ? '' : ` | without it: ${heldSaid}`
  process.stdout.write(`${done}/${size} ${name}: ${said}${without}\n`)
})
pool.close()
process.stdout.write(`${diagnosisSummary(measured, seeds).join('\n')}\n`)
if (values.update) {
  const figures = JSON.stringify(figuresOf(measured, seeds), undefined, 1)
  writeFileSync(packageFile('docs/diagnosis.json'), `${figures}\n`)
  writeFileSync(packageFile('docs/diagnosis.md'), diagnosisMarkdown(measured, seeds))
}
