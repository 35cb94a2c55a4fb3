import { compareInstants } from '../../contract/instant.ts'
import { createdInstant, type KnownEvent } from '../event.ts'
import type { StreamExchange } from '../history.ts'
import { isMessageOfAnother } from '../isolation/shared-message.ts'
import { firstInversion } from '../order/inversion.ts'
import { earlier, ofTypes } from '../pagination/expected-window.ts'

/**
 * Whether the events of a stream are right by their timestamps, although a list that is out of order (ORD-01) has them
 * otherwise. Such a list does not say in which order events with equal timestamps are.
 * @param sent the ids of the events that the stream sent
 */
export function isChronologicalReplay(stream: StreamExchange, sent: readonly string[]): boolean {
  const { thread, known, types, after } = stream
  const { events } = earlier(thread.sequence, known)
  if (firstInversion(events) === undefined || events.some((event) => createdInstant(event) === undefined))
    return false
  const byId = new Map(events.map((event) => [event.id, event]))
  const cursor = after === undefined ? undefined : byId.get(after)
  if (after !== undefined && cursor === undefined) return false
  const isDue = (event: KnownEvent) => cursor === undefined || compareTimes(event, cursor) > 0
  const due = events.filter(isDue).filter((event) => !isMessageOfAnother(event, thread.threadId))
  const replayed = sent.flatMap((id) => byId.get(id) ?? [])
  const given = new Set(sent)
  return (
    replayed.length === sent.length &&
    given.size === sent.length &&
    (types === undefined ? due : due.filter(ofTypes(types))).every(({ id }) => given.has(id)) &&
    (types === undefined || replayed.every(ofTypes(types))) &&
    (cursor === undefined ||
      replayed.every((event) => event.id !== cursor.id && compareTimes(event, cursor) >= 0)) &&
    firstInversion(replayed) === undefined
  )
}

function compareTimes(a: KnownEvent, b: KnownEvent): number {
  const [left, right] = [createdInstant(a), createdInstant(b)]
  return left === undefined || right === undefined ? 0 : compareInstants(left, right)
}
