import { requirementOf } from '../contract/catalogue.ts'
import type { Outcome } from '../verdict/outcome.ts'
import type { LiveLine } from './live-line.ts'
import type { Style } from './style.ts'

const redrawMs = 250

/**
 * Shows how a run goes on: one line for each area that is done, with a mark for each requirement, and on a terminal a
 * live line below them with the area under way, the requests so far, and the time.
 * @param live the terminal's live line; none where the output is kept, as in CI
 */
export function createProgress(print: (text: string) => void, style: Style, live?: LiveLine) {
  const byArea = new Map<string, Outcome[]>()
  const marks: Readonly<Record<Outcome['verdict'], string>> = {
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
  const draw = () => {
    const seconds = Math.floor((performance.now() - began) / 1000)
    const count = `${requests} request${requests === 1 ? '' : 's'}`
    live?.show(`  ${doing.padEnd(16)}${count}, ${seconds} s`)
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
    onOutcome(outcome: Outcome): void {
      const { area } = requirementOf(outcome.id)
      byArea.set(area, [...(byArea.get(area) ?? []), outcome])
    },
    onArea(area: string): void {
      const outcomes = byArea.get(area) ?? []
      const ran = outcomes.filter(({ verdict }) => verdict !== 'not-run')
      if (ran.length === 0) return
      const failed = ran.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)
      const rest = failed.length === 0 ? '' : `  ${style.red(failed.join(' '))}`
      live?.clear()
      print(`  ${area.padEnd(16)}${ran.map(({ verdict }) => marks[verdict]).join('')}${rest}\n`)
      draw()
    },
    /** Takes the live line away for good. */
    stop(): void {
      clearInterval(redraw)
      live?.clear()
    },
  }
}
