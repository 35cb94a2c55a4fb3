import { packageFile } from '../src/contract/package-root.ts'
import { lightServer, runNode } from './child.ts'
import { count, type Figure, megabytes, ms } from './figure.ts'

const lengths = [10_000, 100_000, 1_000_000] as const
const boundBytes = 400_000_000

/** (f) How much memory reading a whole thread takes, by its length. */
export async function memoryFigure(): Promise<Figure> {
  const read: { events: number; peak: number; wallMs: number }[] = []
  for (const events of lengths) {
    const server = await lightServer(events)
    try {
      const reader = packageFile('dist/bench/read-whole.js')
      const { stdout, wallMs } = await runNode([reader, server.baseUrl, String(events)])
      read.push({ events, peak: Number(stdout), wallMs })
    } finally {
      server.stop()
    }
  }
  const longest = read.at(-1)
  const peak = longest?.peak ?? Number.NaN
  return {
    title: '(f) Peak memory of a thread read in full',
    how: 'A process that does nothing but read the thread from both ends, as a run does: its largest resident set.',
    rows: read.map(({ events, peak, wallMs }) => ({
      what: `${count(events)} events`,
      value: `${megabytes(peak)} in ${ms(wallMs)}`,
    })),
    targets: [
      {
        what: `peak memory of ${count(longest?.events ?? 0)} events read in full`,
        bound: megabytes(boundBytes),
        value: megabytes(peak),
        met: peak <= boundBytes,
      },
    ],
  }
}
