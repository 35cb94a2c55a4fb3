import { judgeEquivalentQueries } from '../oracle/filter/equivalent-queries.ts'
import { eventsOnPage } from '../oracle/observed-events.ts'
import type { ListQuery } from '../oracle/pagination/list-query.ts'
import { followUp } from '../targets/request-attribution.ts'
import type { CheckRequests } from './check-requests.ts'

/** Judges that two queries give the same page; a pair between which the thread grew is asked for again. */
export async function expectEquivalent(t: CheckRequests, left: ListQuery, right: ListQuery): Promise<void> {
  const compared = await compare(t, left, right, t.fresh)
  if (compared === undefined) return
  const repeat = async () => (await compare(t, left, right, true))?.finding
  t.record(compared.exchanges, compared.finding, { repeat })
}

async function compare(t: CheckRequests, left: ListQuery, right: ListQuery, fresh: boolean) {
  for (let tries = 0; tries < 3; tries++) {
    const options = { fresh: tries > 0 || fresh }
    const known = t.thread.events.length
    const ask = () => Promise.all([t.list(left, options), t.list(right, options)])
    const [one, other] = await (tries === 0 ? ask() : followUp(ask))
    const finding = judgeEquivalentQueries(one, other)
    // Another check may have read the growth between the two requests already.
    const grew =
      finding !== undefined &&
      ((await t.thread.refresh([one, other].flatMap(eventsOnPage))) || t.thread.events.length > known)
    // Pages that others asked for too may lie far apart in time, and that it grew may be known by now.
    if (finding !== undefined && (grew || !options.fresh)) continue
    if (finding === undefined && typeof one.page === 'string') return undefined
    return { finding, exchanges: [one.exchange.id, other.exchange.id] }
  }
  return undefined
}
