import type { ListJudge } from '../oracle/envelope/envelope.ts'
import type { Finding } from '../oracle/finding.ts'
import type { History } from '../oracle/history.ts'
import type { HistoryVerdict } from './history-verdict.ts'

/** Applies a judge to every list of the history. */
export function eachList(judge: ListJudge): (history: History) => HistoryVerdict {
  return ({ lists }) => collect(lists.map(judge))
}

/** Sums up single judgements: `'skip'` counts for nothing, anything else as one judged case. */
export function collect(results: readonly (Finding | undefined | 'skip')[]): HistoryVerdict {
  const judged = results.filter((result) => result !== 'skip')
  return { judged: judged.length, findings: judged.filter((result) => result !== undefined) }
}
