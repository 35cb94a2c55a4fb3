import { type DiagnosisPart, diagnosisParts } from './diagnosis-text.ts'
import type { Report, ReportedRequirement } from './model.ts'

/** Failures with one cause, and what is said of it. */
export interface ProblemGroup {
  /** Nothing where the diagnosis says nothing of these failures. */
  readonly part: DiagnosisPart | undefined
  /** Whether it is certain: then one failure shows the problem, and the others are told briefly. */
  readonly certain: boolean
  readonly failures: readonly ReportedRequirement[]
}

/** The failures of a report by the bug that breaks them; last those of which no bug is known. */
export function problemGroups({ requirements, diagnosis }: Report): ProblemGroup[] {
  let left = requirements.filter(({ verdict }) => verdict === 'fail' || verdict === 'broken')
  const parts = diagnosis === undefined ? [] : diagnosisParts(diagnosis)
  const groups = (diagnosis?.problems ?? []).map(({ certainty, requirements: ids }, at): ProblemGroup => {
    const failures = left
      .filter(({ id }) => ids.includes(id))
      .sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
    left = left.filter((one) => !failures.includes(one))
    return { part: parts[at], certain: certainty === 'certain', failures }
  })
  const [rest] = parts.slice(groups.length)
  return left.length === 0 && rest === undefined
    ? groups
    : [...groups, { part: rest, certain: false, failures: left }]
}
