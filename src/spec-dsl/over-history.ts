import type { ListJudge } from '../oracle/envelope/envelope.ts'
import type { History } from '../oracle/history.ts'
import { isDecided, type JudgeResult } from '../oracle/judge-result.ts'
import type { HistoryVerdict } from './history-verdict.ts'

/** Applies a judge to every list of the history. */
export function eachList(judge: ListJudge): (history: History) => HistoryVerdict {
  return ({ lists }) => collect(lists.map(judge))
}

/** Sums up what a judge returned for each exchange: a decided result is one case. */
export function collect(results: readonly JudgeResult[]): HistoryVerdict {
  const judged = results.filter(isDecided)
  return { judged: judged.length, findings: judged.filter((result) => result !== undefined) }
}
