// `npm run diagnosis`: measures how often the diagnosis names the right bug, and writes the figures.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { packageFile } from '../contract/package-root.ts'
import { faults } from '../reference/faults/index.ts'
import { diagnosisOf, rankOf } from './diagnosis-trial.ts'

const { values } = parseArgs({
  options: {
    /** Every n-th fault as an unknown target. */
    every: { type: 'string', default: '1' },
    held: { type: 'string', default: '15' },
    pairs: { type: 'string', default: '40' },
  },
})

const sample = faults.filter((_, at) => at % Number(values.every) === 0)
const ranks: { readonly name: string; readonly rank: number; readonly said: string }[] = []
for (const fault of sample) {
  const diagnosis = await diagnosisOf([fault])
  const [first] = diagnosis?.problems ?? []
  const said = first === undefined ? 'nothing fits' : `${first.certainty}: ${first.fault}`
  ranks.push({ name: fault.name, rank: rankOf(fault, diagnosis), said })
  process.stdout.write(`${fault.name}: ${said}\n`)
}

// Spread over the catalogue, whatever the numbers are.
const spread = (count: number, shift: number) =>
  Array.from({ length: count }, (_, at) => faults[(at * 53 + shift) % faults.length]).filter(
    (fault) => fault !== undefined,
  )
let wronglyCertain = 0
const held = spread(Number(values.held), 7)
for (const fault of held) {
  const diagnosis = await diagnosisOf(
    [fault],
    faults.filter((other) => other !== fault),
  )
  const certain = diagnosis?.problems.some(({ certainty }) => certainty === 'certain') === true
  if (certain) wronglyCertain += 1
  process.stdout.write(
    `without ${fault.name}: ${certain ? 'CERTAIN ' : ''}${diagnosis?.problems[0]?.fault ?? 'nothing fits'}\n`,
  )
}

let bothNamed = 0
const firsts = spread(Number(values.pairs), 11)
const seconds = spread(Number(values.pairs), 131)
for (const [at, first] of firsts.entries()) {
  const second = seconds[at]
  if (second === undefined) continue
  const diagnosis = await diagnosisOf([first, second])
  const named = new Set(
    diagnosis?.problems.flatMap(({ fault, alike }) => [fault, ...alike.map((other) => other.fault)]),
  )
  const both = named.has(first.name) && named.has(second.name)
  if (both) bothNamed += 1
  process.stdout.write(`${first.name} + ${second.name}: ${both ? 'both' : [...named].join(' ')}\n`)
}

const within = (rank: number) => ranks.filter((one) => one.rank > 0 && one.rank <= rank).length
const summary = {
  faults: sample.length,
  of: faults.length,
  first: within(1),
  among_first_three: within(3),
  held_out: held.length,
  wrongly_certain: wronglyCertain,
  pairs: firsts.length,
  both_named: bothNamed,
}
writeFileSync(packageFile('reports/diagnosis.json'), `${JSON.stringify(summary, null, 1)}\n`)
writeFileSync(
  packageFile('reports/diagnosis.md'),
  `${[
    '# What the diagnosis names',
    '',
    'Made by `npm run diagnosis`: servers with one fault of the catalogue each, over another world and other generated',
    'data than the catalogue was made by; the same with the fault taken out of the dictionary; and pairs of faults.',
    '',
    `- ${summary.first} of ${summary.faults} faults are named first, ${summary.among_first_three} among the first three (${summary.faults} of the ${summary.of} in the catalogue were tried).`,
    `- ${summary.wrongly_certain} of ${summary.held_out} faults that the dictionary lacked were given another name that was called certain.`,
    `- Of ${summary.pairs} pairs, both faults were named in ${summary.both_named}.`,
    '',
    '| fault | place | what was said first |',
    '|---|---|---|',
    ...ranks.map(({ name, rank, said }) => `| ${name} | ${rank === 0 ? '—' : rank} | ${said} |`),
  ].join('\n')}\n`,
)
