// `npm run kinds`: runs the default profile against servers with bugs from public reports, over many seeds.
import { parseArgs } from 'node:util'
import { profiles } from '../../src/config/profiles.ts'
import { faults } from '../../src/reference/faults/index.ts'
import { runAgainst } from '../run-against.ts'

/** One fault for each kind of bug that public reports name most often. */
const kinds: readonly (readonly [kind: string, faults: readonly string[]])[] = [
  ['near misses of a real credential', ['token-as-like-pattern', 'bearer-anywhere-in-the-header']],
  ['near misses of a real id', ['thread-id-case-insensitive']],
  [
    'a request that says the same thing twice',
    ['thread-id-in-the-query-overrides-the-path', 'repeated-type-doubles-events'],
  ],
  ['headers that clients send', ['gzip-stream-not-flushed', 'empty-last-event-id-crashes']],
  ['bytes that are not text', ['path-bytes-not-utf-8-crash']],
  ['numbers', ['large-integers-rounded-in-lists']],
  [
    'live delivery',
    ['polling-loses-equal-timestamps', 'polling-repeats-equal-timestamps', 'large-live-events-dropped'],
  ],
  ['deleted sessions', ['deleted-session-still-served']],
]

/** The default number of generated worlds. */
const defaultRuns = 2

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '20' } } })
const seeds = Array.from({ length: Number(values.seeds) }, (_, at) => at + 1)
if (Object.keys(profiles.default).length > 0) throw new Error('The default profile sets options of its own.')

for (const [kind, names] of kinds)
  for (const name of names) {
    const fault = faults.find((one) => one.name === name)
    if (fault === undefined) throw new Error(`Unknown fault ${name}.`)
    const missed: number[] = []
    for (const seed of seeds) {
      // A run that finds one failure needs no more of its requests.
      const { outcomes } = await runAgainst(
        { behaviour: fault.override },
        { runs: defaultRuns, seed, failFast: true, streamIdleMs: 3_000 },
      )
      const found = outcomes.some(({ id, verdict }) => verdict === 'fail' && fault.violates.includes(id))
      if (!found) missed.push(seed)
    }
    const count = `${seeds.length - missed.length} of ${seeds.length}`
    const rest = missed.length === 0 ? '' : `; missed with seed ${missed.join(', ')}`
    process.stdout.write(`${kind}: ${name}: found in ${count}${rest}\n`)
    if (missed.length > 0) process.exitCode = 1
  }
