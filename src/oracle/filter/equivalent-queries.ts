import { differenceOf } from '../difference.ts'
import type { Finding } from '../finding.ts'
import type { ListExchange } from '../history.ts'
import { idsOf } from '../pagination/page.ts'
import { described } from '../pagination/page-window.ts'

/** ORD-02: two requests with the same meaning return the same events. */
export function judgeEquivalentQueries(left: ListExchange, right: ListExchange): Finding | undefined {
  const exchanges = [left.exchange.id, right.exchange.id]
  const names = `${described(left.query)} and ${described(right.query).replace('The', 'the')}`
  if (typeof left.page === 'string' || typeof right.page === 'string') {
    if (typeof left.page === typeof right.page) return undefined
    const [expected, actual] = [left.page, right.page].map((page) =>
      typeof page === 'string' ? page : 'a list',
    )
    return {
      kind: 'no-list',
      message: `${names} return different kinds of responses.`,
      expected: expected ?? '',
      actual: actual ?? '',
      exchanges,
    }
  }
  const [expected, actual] = [idsOf(left.page.events), idsOf(right.page.events)]
  const difference = differenceOf(expected, actual)
  if (difference === undefined) return undefined
  return {
    kind: difference.kind,
    message: `${names} return different events: ${difference.sentence}.`,
    expected,
    actual,
    exchanges,
  }
}
