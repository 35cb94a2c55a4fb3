// `npm run kinds`: runs the default profile against servers with bugs from public reports, over many seeds. Without
// `--whole` a run judges the requirement that the bug breaks, with the same requests as a whole run, in a tenth of the time.
import { parseArgs } from 'node:util'
import { profiles } from '../../src/config/profiles.ts'
import type { Fault } from '../../src/reference/faults/fault.ts'
import { faults } from '../../src/reference/faults/index.ts'
import { runAgainst } from '../run-against.ts'

/** Faults for each kind of bug that public reports name most often. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  'near misses of a real credential': ['token-as-like-pattern', 'bearer-anywhere-in-the-header'],
  'near misses of a real id': ['thread-id-case-insensitive'],
  'a request that says the same thing twice': [
    'thread-id-in-the-query-overrides-the-path',
    'repeated-type-doubles-events',
  ],
  'headers that clients send': ['gzip-stream-not-flushed', 'empty-last-event-id-crashes'],
  'bytes that are not text': ['path-bytes-not-utf-8-crash'],
  numbers: ['large-integers-rounded-in-lists'],
  'live delivery': [
    'polling-loses-equal-timestamps',
    'polling-repeats-equal-timestamps',
    'large-live-events-dropped',
  ],
  'deleted sessions': ['deleted-session-still-served'],
}

/** The default number of generated worlds. */
const defaultRuns = 2
/** Two runs at a time: each waits for its own server most of the time. */
const concurrentRuns = 2

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '20' },
    /** The first seed; the others follow. */
    from: { type: 'string', default: '1' },
    /** No run starts after so many minutes. */
    minutes: { type: 'string', default: '60' },
    whole: { type: 'boolean', default: false },
  },
})
if (Object.keys(profiles.default).length > 0) throw new Error('The default profile sets options of its own.')

const names = positionals.length > 0 ? positionals : Object.values(kinds).flat()
const servers = names.map((name) => {
  const fault = faults.find((one) => one.name === name)
  if (fault === undefined) throw new Error(`Unknown fault ${name}.`)
  return fault
})
const seeds = Array.from({ length: Number(values.seeds) }, (_, at) => at + Number(values.from))
// Seed by seed, so that a run that ends early has tried every fault.
const trials = seeds.flatMap((seed) => servers.map((fault) => ({ seed, fault })))
const end = performance.now() + Number(values.minutes) * 60_000

interface Result {
  readonly fault: Fault
  readonly seed: number
  /** The requirements that failed before the run ended. */
  readonly failed: readonly string[]
}

const results: Result[] = []
const rest = trials.values()
await Promise.all(
  Array.from({ length: concurrentRuns }, async () => {
    for (const { fault, seed } of rest) {
      if (performance.now() > end) return
      const [first] = fault.violates
      // A run that finds the requirement failing needs no more requests.
      const { outcomes } = await runAgainst(
        { behaviour: fault.override },
        {
          runs: defaultRuns,
          seed,
          streamIdleMs: 3_000,
          runTimeoutMs: 600_000,
          ...(values.whole ? {} : { only: [first] }),
        },
        {},
        [first],
      )
      const failed = outcomes.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)
      results.push({ fault, seed, failed })
      if (!isFound({ fault, seed, failed }))
        process.stdout.write(
          `${fault.name}: missed with seed ${seed}, failed ${failed.join(' ') || 'nothing'}\n`,
        )
      if (results.length % servers.length === 0)
        process.stdout.write(`${results.length}/${trials.length} runs\n`)
    }
  }),
)

function isFound({ fault, failed }: Result): boolean {
  return fault.violates.some((id) => failed.includes(id))
}

const kindOf = (name: string) => Object.entries(kinds).find(([, all]) => all.includes(name))?.[0] ?? 'others'
for (const { name } of servers) {
  const own = results.filter(({ fault }) => fault.name === name)
  process.stdout.write(`${kindOf(name)}: ${name}: found in ${own.filter(isFound).length} of ${own.length}\n`)
}
const found = results.filter(isFound).length
process.stdout.write(
  `Found in ${found} of ${results.length} runs, ${trials.length - results.length} not started.\n`,
)
if (found < results.length) process.exitCode = 1
else if (results.length < trials.length) process.exitCode = 3
