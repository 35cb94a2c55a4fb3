import { packageFile } from '../src/contract/package-root.ts'
import { runNode } from './child.ts'
import { type Figure, ms, times } from './figure.ts'
import { median } from './measure.ts'

const rounds = 7

/** (g) How long the command takes to start. */
export async function startUpFigure(): Promise<Figure> {
  const main = packageFile('dist/src/cli/main.js')
  const ways = [
    ['node alone', ['--eval', '0']],
    ['--help', [main, '--help']],
    ['--version', [main, '--version']],
    ['run of one requirement on the embedded server', [main, '--only', 'AUT-01']],
  ] as const
  const walls = new Map<string, number[]>(ways.map(([name]) => [name, []]))
  for (let round = 0; round <= rounds; round++)
    for (const [name, args] of ways) {
      const { wallMs } = await runNode(args)
      // The first round fills the caches of the file system.
      if (round > 0) walls.get(name)?.push(wallMs)
    }
  const alone = median(walls.get('node alone') ?? [])
  return {
    title: '(g) Start-up',
    how: `Whole processes from start to end, in turns. Median of ${rounds} rounds.`,
    rows: [...walls].map(([what, all]) => ({
      what,
      value: `${ms(median(all))} (${times(median(all) / alone)} node alone)`,
    })),
    targets: [],
  }
}
