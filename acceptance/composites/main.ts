// `npm run composites`: measures the verdicts on servers with several bugs. `-- --update` writes docs/composites.md.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { packageFile } from '../../src/contract/package-root.ts'
import { composites, randomComposites } from '../../src/reference/composites/index.ts'
import { WorkerPool } from '../worker-pool.ts'
import { compositesMarkdown, isExact } from './composite-report.ts'
import { type CompositeJob, type CompositeResult, compositeResult } from './composite-run.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    random: { type: 'string', default: '24' },
    update: { type: 'boolean', default: false },
  },
})
const [seed, count] = [Number(values.seed), Number(values.random)]
const pool = new WorkerPool<CompositeJob, CompositeResult>({
  script: 'composites/worker.js',
  answer: compositeResult,
})

async function measured(job: CompositeJob): Promise<CompositeResult> {
  const result = await pool.run(job)
  const { name, missed, false_reds, vacuous, groundless } = result
  const wrong = isExact(result) ? '' : ` ${JSON.stringify({ missed, false_reds, vacuous, groundless })}`
  process.stdout.write(`${isExact(result) ? 'exact' : 'WRONG'} ${name}${wrong}\n`)
  return result
}

const catalogue = await Promise.all(composites.map(({ name }) => measured({ name })))
const random = await Promise.all(
  randomComposites(seed, count).map(({ name }, index) => measured({ name, random: { seed, count, index } })),
)
pool.close()
if (values.update)
  writeFileSync(packageFile('docs/composites.md'), compositesMarkdown(catalogue, random, seed))
