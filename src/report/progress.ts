import type { Judged, RunProgress } from '../record/run-progress.ts'
import type { Verdict } from '../verdict/outcome.ts'
import type { LiveLine } from './live-line.ts'
import type { Style } from './style.ts'

const redrawMs = 250

/**
 * Prints the progress of a run: one line for each finished area, with a mark for each requirement (for `model`, for each
 * property of generated data). On a terminal, a live line below shows the current area, the requests so far and the time.
 * @param live the live line of the terminal; undefined if the output is a file or a CI log
 * @param areas the number of areas that the run judges
 */
export function createProgress(
  print: (text: string) => void,
  style: Style,
  live?: LiveLine,
  areas?: number,
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
  let requests = 0
  let done = 0
  const draw = () => {
    const seconds = Math.floor((performance.now() - began) / 1000)
    const count = `${requests} request${requests === 1 ? '' : 's'}`
    const part = areas === undefined ? '' : `${done} of ${areas} areas, `
    live?.show(`  ${doing.padEnd(16)}${part}${count}, ${seconds} s`)
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
