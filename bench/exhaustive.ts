import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { packageFile } from '../src/contract/package-root.ts'
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
  const server = await longWorldServer()
  const began = performance.now()
  const folder = await run(server.environment)
  const wallMs = performance.now() - began
  server.stop()
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

/** Starts the server of a long thread in a process of its own. */
function longWorldServer() {
  const args = ['--max-old-space-size=8000', packageFile('dist/bench/long-world-server.js'), String(events)]
  const child = spawn(process.execPath, args, { env: {}, stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise<{ readonly environment: Readonly<Record<string, string>>; stop(): void }>(
    (resolve, reject) => {
      child.on('error', reject)
      child.on('exit', (code) => reject(new Error(`The server of a long thread ended with ${code}.`)))
      child.stdout.once('data', (chunk: Buffer) =>
        resolve({
          environment: z.record(z.string(), z.string()).parse(JSON.parse(chunk.toString())),
          stop: () => void child.kill(),
        }),
      )
    },
  )
}

/** Runs the command in an empty folder, which it resolves to. Its verdict is read from the report. */
function run(environment: Readonly<Record<string, string>>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const command = [
    packageFile('dist/src/cli/main.js'),
    'run',
    '--exhaustive',
    '--run-timeout',
    `${runTimeoutMs}`,
  ]
  const args = ['--import', packageFile('dist/bench/peak-memory.js'), ...command]
  const child = spawn(process.execPath, args, { cwd: folder, env: environment, stdio: 'ignore' })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', () => resolve(folder))
  })
}
