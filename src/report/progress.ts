import { requirementOf } from '../contract/catalogue.ts'
import type { Outcome } from '../verdict/outcome.ts'
import type { Style } from './style.ts'

/** Prints one line an area, with a mark for each requirement. */
export function createProgress(print: (text: string) => void, style: Style) {
  const byArea = new Map<string, Outcome[]>()
  const marks: Readonly<Record<Outcome['verdict'], string>> = {
    pass: style.green('•'),
    fail: style.red('✗'),
    inconclusive: style.yellow('?'),
    waived: style.yellow('w'),
    broken: style.red('!'),
    'not-run': style.dim('-'),
  }
  return {
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
      print(`  ${area.padEnd(16)}${ran.map(({ verdict }) => marks[verdict]).join('')}${rest}\n`)
    },
  }
}
