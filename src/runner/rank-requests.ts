import type { RankOf } from '../targets/request-attribution.ts'
import { questionOrder } from './question-order.ts'

const ranks: ReadonlyMap<string, number> = new Map(
  questionOrder.map((question, rank) => [question, rank] as const),
)

/** Behind everything that was learnt: its first requests first, so that each check begins before any goes on. */
const unlearnt = questionOrder.length

/**
 * How early the requests of a check go out: in the learnt order of what reveals most about servers in general.
 * @param name a requirement or an open question
 */
export function rankIn(name: string): RankOf {
  return (label) =>
    // The requests of a screen go out together.
    ranks.get(`${name} ${label.replace(/s\d+$/, 's1')}`) ??
    unlearnt + (label.match(/\d+/g) ?? []).reduce((sum, number) => sum + Number(number), 0)
}
