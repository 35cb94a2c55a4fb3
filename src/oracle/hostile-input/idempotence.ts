import { canonicalJson } from '../../contract/json.ts'
import type { Exchange } from '../../wire/exchange.ts'
import { differenceOf } from '../difference.ts'
import type { Finding } from '../finding.ts'
import type { ListExchange } from '../history.ts'
import { idsOf, readPage } from '../pagination/page.ts'
import { described } from '../pagination/page-window.ts'
import { expectedBut } from '../said.ts'

/** INP-02: an unknown order returns 400, or the default order. */
export function judgeDefaultOrder(
  exchange: Exchange,
  plain: ListExchange,
  order: string,
): Finding | undefined {
  const page = readPage(exchange)
  const name = `order=${order}`
  if (typeof page === 'string') {
    if (exchange.response?.status === 400) return undefined
    return {
      kind: 'status',
      message: `${name}: ${expectedBut('400 or the default order', page)}.`,
      expected: '400, or the default order',
      actual: page,
      exchanges: [exchange.id],
    }
  }
  if (typeof plain.page === 'string') return undefined
  const [expected, actual] = [idsOf(plain.page.events), idsOf(page.events)]
  const difference = differenceOf(expected, actual)
  if (difference === undefined) return undefined
  return {
    kind: `third-order-${difference.kind}`,
    message: `${name}: expected 400 or the default order: ${difference.sentence}.`,
    expected,
    actual,
    exchanges: [exchange.id, plain.exchange.id],
  }
}

/** INP-03: the same request on a thread at rest returns the same response. */
export function judgeIdempotence(first: ListExchange, second: ListExchange): Finding | undefined {
  if (typeof first.page === 'string' || typeof second.page === 'string') return undefined
  const name = described(first.query)
  const exchanges = [first.exchange.id, second.exchange.id]
  const [expected, actual] = [idsOf(first.page.events), idsOf(second.page.events)]
  const difference = differenceOf(expected, actual)
  if (difference !== undefined)
    return {
      kind: `repeat-${difference.kind}`,
      message: `${name} changed when requested again: ${difference.sentence}.`,
      expected,
      actual,
      exchanges,
    }
  const envelope = ({ page }: ListExchange) =>
    typeof page === 'string'
      ? ''
      : canonicalJson([page.firstId ?? null, page.lastId ?? null, page.hasMore ?? null])
  if (envelope(first) === envelope(second)) return undefined
  return {
    kind: 'repeat-envelope',
    message: `${name} changed when requested again: first_id, last_id or has_more differs.`,
    expected: envelope(first),
    actual: envelope(second),
    exchanges,
  }
}

/** A round of reads, and the number of events that the thread gained meanwhile. One more read measures the growth. */
export interface ReadingRound {
  readonly reads: number
  readonly growth: number
  readonly exchanges: readonly number[]
}

/** INP-03: reading adds no events. Growth that matches the number of reads in every round is not a coincidence. */
export function judgeGrowthByReading(rounds: readonly ReadingRound[]): Finding | undefined {
  const [first] = rounds
  if (first === undefined || rounds.length < 3) return undefined
  const each = rounds.every(({ reads, growth }) => growth === reads)
  const withMeasure = rounds.every(({ reads, growth }) => growth === reads + 1)
  if (!each && !withMeasure) return undefined
  const counts = rounds.map(({ reads }) => reads + (withMeasure ? 1 : 0)).join(', ')
  return {
    kind: 'read-appends',
    message: `Each GET adds an event to the thread: it grew by exactly ${counts} events in rounds of ${counts} reads.`,
    expected: 'a thread that reading does not change',
    actual: `${counts} new events`,
    exchanges: first.exchanges,
  }
}

/** INP-03: the data of a list is not made up for each request. */
export function randomFinding(ids: readonly string[], exchanges: readonly number[]): Finding {
  return {
    kind: 'replicas',
    message: 'The same request returns other events every time: no event of one response is in the next.',
    expected: 'the same list each time',
    actual: ids.slice(0, 20),
    exchanges,
  }
}

/** INP-03: replicas that are out of sync answer alternately. */
export function replicasFinding(ids: readonly string[], exchanges: readonly number[]): Finding {
  return {
    kind: 'replicas',
    message: `Two responses to the same request differ, as if from replicas that are out of sync: ${ids.slice(0, 3).join(', ')} ${ids.length === 1 ? 'is' : 'are'} in some responses and missing in later ones.`,
    expected: 'the same list each time',
    actual: ids.slice(0, 20),
    exchanges,
  }
}
