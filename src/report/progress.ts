import type { Judged, RunProgress } from '../record/run-progress.ts'
import type { Verdict } from '../verdict/outcome.ts'
import type { LiveLine } from './live-line.ts'
import { type Pace, paceSoFar } from './pace.ts'
import type { Style } from './style.ts'

const redrawMs = 250
/** How often a line without a terminal says how far the run is. */
const plainLineMs = 30_000

/**
 * Prints the progress of a run: one line for each finished area, with a mark for each requirement (for `model`, for each
 * property of generated data). On a terminal, a live line below shows the current area, the requests so far, their rate and
 * the time left. Elsewhere a slow run prints them in a line from time to time.
 * @param live the live line of the terminal; undefined if the output is a file or a CI log
 * @param areas the number of areas that the run judges
 * @param expected how many requests it is expected to send
 */
export function createProgress(
  print: (text: string) => void,
  style: Style,
  live?: LiveLine,
  areas?: number,
  expected?: Pace,
): RunProgress & { stop(): void } {
  const byArea = new Map<string, Judged[]>()
  const marks: Readonly<Record<Verdict, string>> = {
    pass: style.green('•'),
    fail: style.red('✗'),
    inconclusive: style.yellow('?'),
    waived: style.yellow('w'),
    broken: style.red('!'),
    'not-run': style.dim('-'),
  }
  const began = performance.now()
  let doing = 'preparing'
  let told = began
  let requests = 0
  let done = 0
  const draw = () => {
    const seconds = Math.floor((performance.now() - began) / 1000)
    const part = areas === undefined ? '' : `${done} of ${areas} areas, `
    live?.show(`  ${doing.padEnd(16)}${part}${paceSoFar(requests, seconds, expected)}, ${seconds} s`)
  }
  const redraw = live === undefined ? undefined : setInterval(draw, redrawMs)
  redraw?.unref()
  draw()
  return {
    onJudged(area: string): void {
      doing = area
    },
    onRequests(soFar: number): void {
      requests = soFar
      const now = performance.now()
      if (live !== undefined || expected === undefined || now - told < plainLineMs) return
      told = now
      print(`  ${style.dim(paceSoFar(requests, (now - began) / 1000, expected))}\n`)
    },
    onVerdict(judged: Judged): void {
      byArea.set(judged.area, [...(byArea.get(judged.area) ?? []), judged])
    },
    onArea(area: string): void {
      done += 1
      const ran = (byArea.get(area) ?? []).filter(({ verdict }) => verdict !== 'not-run')
      if (ran.length === 0) return
      const failed = ran.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name)
      const rest = failed.length === 0 ? '' : `  ${style.red(failed.join(' '))}`
      live?.clear()
      print(`  ${area.padEnd(16)}${ran.map(({ verdict }) => marks[verdict]).join('')}${rest}\n`)
      draw()
    },
    /** Removes the live line for good. */
    stop(): void {
      clearInterval(redraw)
      live?.clear()
    },
  }
}
