import type { TargetState } from '../targets/target-state.ts'
import { isShort, nearMisses, unknownIdLike } from '../targets/unknown-ids.ts'
/** Cursors that name no event of the judged thread, each with the words for it. */
export function foreignCursors({
  thread,
  sibling,
}: TargetState): { id: string; what: string; owned: boolean }[] {
  const ids = thread?.events.map((event) => event.id) ?? []
  const known = new Set(ids)
  const sample = ids[Math.floor((ids.length - 1) / 2)] ?? 'evt_019f0000000000000000000000000101'
  const foreign = sibling?.events ?? []
  // A neighbour of a short id may be an event that was not read.
  const near = thread?.complete === false && isShort(sample) ? [] : nearMisses(sample)
  const cursors = [
    {
      id: unknownIdLike(sample, [...ids, ...foreign.map((event) => event.id)]),
      what: 'an id that no event has',
      owned: false,
    },
    ...near,
    { id: 'not-an-event', what: 'a text that is no event id', owned: false },
    ...[foreign[0], foreign[Math.floor(foreign.length / 2)], foreign.at(-1)]
      .flatMap((event) => event?.id ?? [])
      .map((id) => ({ id, what: 'an event of another thread', owned: true })),
  ]
  return cursors.filter(
    (cursor, at) => !known.has(cursor.id) && cursors.findIndex(({ id }) => id === cursor.id) === at,
  )
}
