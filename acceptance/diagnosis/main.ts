// `npm run diagnosis`: measures how often the diagnosis names the right bug, and writes the figures.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { packageFile } from '../../src/contract/package-root.ts'
import { faults } from '../../src/reference/faults/index.ts'
import { WorkerPool } from '../worker-pool.ts'
import { type TrialAnswer, type TrialJob, trialAnswer } from './trial.ts'

const { values } = parseArgs({
  options: {
    /** Every n-th fault as an unknown target. */
    every: { type: 'string', default: '1' },
    /** How many faults are taken out of the dictionary, one at a time. */
    held: { type: 'string', default: String(faults.length) },
    pairs: { type: 'string', default: '40' },
  },
})

const sample = faults.filter((_, at) => at % Number(values.every) === 0)
// Spread over the catalogue, whatever the numbers are.
const some = (count: number, shift: number) =>
  Array.from({ length: count }, (_, at) => faults[(at * 53 + shift) % faults.length]).filter(
    (fault) => fault !== undefined,
  )
const held = some(Number(values.held), 7)
const seconds = some(Number(values.pairs), 131)
const pairs = some(Number(values.pairs), 11).flatMap((first, at) => {
  const second = seconds[at]
  return second === undefined ? [] : [[first.name, second.name]]
})
const jobs: TrialJob[] = [
  ...sample.map(({ name }) => ({ faults: [name], held: false })),
  ...held.map(({ name }) => ({ faults: [name], held: true })),
  ...pairs.map((names) => ({ faults: names, held: false })),
]
const pool = new WorkerPool<TrialJob, TrialAnswer>({ script: 'diagnosis/worker.js', answer: trialAnswer })
let done = 0
const answers = await Promise.all(
  jobs.map(async (job) => {
    const answer = await pool.run(job)
    const without = job.held ? 'without ' : ''
    const what = job.faults.length > 1 ? answer.named.join(' ') : answer.said
    done += 1
    process.stdout.write(`${done}/${jobs.length} ${without}${job.faults.join(' + ')}: ${what}\n`)
    return answer
  }),
)
pool.close()
const ranks = sample.flatMap(({ name }, at) => {
  const answer = answers[at]
  return answer === undefined ? [] : [{ name, ...answer }]
})
const fullAnswers = new Map(ranks.map((answer) => [answer.name, answer]))
const certainAnyhow = answers.slice(sample.length, sample.length + held.length).flatMap((answer, at) => {
  const name = held[at]?.name ?? ''
  return answer.certain ? [{ name, said: answer.named[0] ?? '' }] : []
})
// With both in the dictionary, no answer of the run told the one from the other.
const [alike, wronglyCertain] = [true, false].map(
  (same) =>
    certainAnyhow.filter(({ name, said }) => {
      const full = fullAnswers.get(name)
      return (full?.rank === 1 && full.named.includes(said) && full.named.includes(name)) === same
    }).length,
)
const bothNamed = answers
  .slice(sample.length + held.length)
  .filter(({ named }, at) => pairs[at]?.every((name) => named.includes(name)) === true).length

const within = (rank: number) => ranks.filter((one) => one.rank > 0 && one.rank <= rank).length
const summary = {
  faults: sample.length,
  of: faults.length,
  first: within(1),
  among_first_three: within(3),
  held_out: held.length,
  wrongly_certain: wronglyCertain,
  certain_of_a_twin: alike,
  pairs: pairs.length,
  both_named: bothNamed,
}
writeFileSync(packageFile('docs/diagnosis.json'), `${JSON.stringify(summary, null, 1)}\n`)
writeFileSync(
  packageFile('docs/diagnosis.md'),
  `${[
    '# What the diagnosis names',
    '',
    'Made by `npm run diagnosis`: servers with one fault of the catalogue each, over another world and other generated',
    'data than the catalogue was made by; the same with the fault taken out of the dictionary; and pairs of faults.',
    '',
    `- ${summary.first} of ${summary.faults} faults are named first, ${summary.among_first_three} among the first three (${summary.faults} of the ${summary.of} in the catalogue were tried).`,
    `- ${summary.wrongly_certain} of ${summary.held_out} faults that the dictionary lacked were given another name that was called certain. Beside these, ${summary.certain_of_a_twin} were given the name of a fault that no answer of the run tells from them.`,
    `- Of ${summary.pairs} pairs, both faults were named in ${summary.both_named}.`,
    '',
    '| fault | place | what was said first |',
    '|---|---|---|',
    ...ranks.map(({ name, rank, said }) => `| ${name} | ${rank === 0 ? '—' : rank} | ${said} |`),
  ].join('\n')}\n`,
)
