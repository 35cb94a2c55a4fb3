import type { Blame } from '../../oracle/blame.ts'
import { blameForWindow, judgePage } from '../../oracle/blame-page.ts'
import { firstInversion } from '../../oracle/chronology.ts'
import type { KnownEvent } from '../../oracle/event.ts'
import type { ListExchange } from '../../oracle/history.ts'
import { idsOf } from '../../oracle/page.ts'
import { largestLimit } from '../../oracle/query.ts'
import type { Asker } from '../asker.ts'
import type { MadeReading } from '../made-reading.ts'

/** What came of reading a thread; `refused`: the target does not take its ids, or does not know them. */
export interface WholeRead {
  readonly blames: Blame[]
  readonly judged: number
  readonly refused: boolean
}

/**
 * Reads a thread of the suite's own making in the largest pages, judges each, and adopts the order that the target
 * gives to events of one instant: which one it is is the target's matter.
 */
export async function readWhole(
  asker: Asker,
  reading: MadeReading,
  told: ReadonlyMap<string, KnownEvent>,
): Promise<WholeRead> {
  const lists = await pagesOf(asker, reading)
  const refused = lists.some(({ exchange: { response } }) => [400, 404].includes(response?.status ?? 0))
  const seen = lists.flatMap(({ page }) => (typeof page === 'string' ? [] : page.events))
  const events = idsOf(seen).flatMap((id) => told.get(id) ?? [])
  const whole = events.length === told.size && seen.length === told.size && new Set(events).size === told.size
  if (whole && firstInversion(events) === undefined) reading.adopt(events)
  for (const list of lists) {
    const { blames, window } = judgePage(list, told)
    if (blames.length > 0) return { blames: [...blames], judged: lists.length, refused }
    if (window !== undefined)
      return {
        blames: [{ id: blameForWindow(list, 'comma'), finding: window }],
        judged: lists.length,
        refused,
      }
  }
  return { blames: [], judged: lists.length, refused }
}

async function pagesOf(asker: Asker, reading: MadeReading): Promise<ListExchange[]> {
  const lists: ListExchange[] = []
  const most = Math.floor(reading.events.length / largestLimit) + 2
  for (let after: string | undefined; lists.length < most; ) {
    const query = { limit: largestLimit, ...(after === undefined ? {} : { after }) }
    const list = await asker.list(reading, query, { fresh: true })
    lists.push(list)
    if (typeof list.page === 'string' || list.page.events.length < largestLimit) break
    after = list.page.events.at(-1)?.id
    if (after === undefined) break
  }
  return lists
}
