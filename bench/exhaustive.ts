import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { packageFile } from '../src/contract/package-root.ts'
import { type Ended, runNode, startServer } from './child.ts'
import { count, type Figure, megabytes, ms } from './figure.ts'

const events = 50_000
const boundBytes = 600_000_000
const runTimeoutMs = 3_600_000

const written = z.object({
  target: z.object({ events_read: z.number(), whole_thread_read: z.boolean() }),
  traffic: z.object({ requests: z.number() }),
  requirements: z.array(z.object({ id: z.string(), verdict: z.string() })),
})

/** (h) A run with `--exhaustive` against a thread of many events: its memory, and what it judged. */
export async function exhaustiveFigure(): Promise<Figure> {
  const { folder, wallMs } = await exhaustiveRun()
  const report = written.parse(JSON.parse(readFileSync(join(folder, 'reports/conformance.json'), 'utf8')))
  const peak = Number(readFileSync(join(folder, 'peak-memory'), 'utf8'))
  const failed = report.requirements.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)
  const { events_read, whole_thread_read } = report.target
  return {
    title: `(h) A run with --exhaustive on a thread of ${count(events)} events`,
    how: 'The command as a process of its own against the reference server in another: its largest resident set.',
    rows: [
      { what: 'peak memory', value: megabytes(peak) },
      { what: 'whole process', value: ms(wallMs) },
      { what: 'requests', value: count(report.traffic.requests) },
      { what: 'events read', value: `${count(events_read)}${whole_thread_read ? ', the whole thread' : ''}` },
    ],
    targets: [
      {
        what: `peak memory of a run with --exhaustive on ${count(events)} events`,
        bound: megabytes(boundBytes),
        value: megabytes(peak),
        met: peak <= boundBytes,
      },
      {
        what: 'requirements that fail on the right server in that run',
        bound: '0',
        value: failed.length === 0 ? '0' : failed.join(' '),
        met: failed.length === 0 && whole_thread_read,
      },
    ],
  }
}

/** Runs the command against a server with a long thread. A requirement that fails is part of the figure. */
async function exhaustiveRun(): Promise<Ended> {
  const server = await startServer('long-world-server', events)
  try {
    const environment = z.record(z.string(), z.string()).parse(JSON.parse(server.line))
    const command = ['run', '--exhaustive', '--run-timeout', `${runTimeoutMs}`]
    return await runNode(
      ['--import', packageFile('dist/bench/peak-memory.js'), packageFile('dist/src/cli/main.js'), ...command],
      { environment, expectedCodes: [0, 1] },
    )
  } finally {
    server.stop()
  }
}
