import type { KnownEvent } from '../event.ts'

/**
 * One sequence out of two readings of a thread: the events of `forward`, and those that only `backward`
 * shows, each put behind the neighbour that it follows there. A server that loses an event at a page boundary
 * loses another one when read from the other end.
 * @param forward events in ascending order
 * @param backward the same thread read in descending order, reversed
 */
export function mergeTraversals(
  forward: readonly KnownEvent[],
  backward: readonly KnownEvent[],
): KnownEvent[] {
  // Usually both show the same events, and merging a long thread is expensive.
  if (forward.length === backward.length && forward.every(({ id }, at) => id === backward[at]?.id))
    return [...forward]
  const seen = new Set<string>()
  const merged: KnownEvent[] = []
  const followers = followersOf(forward, backward)
  const take = (event: KnownEvent) => {
    if (seen.has(event.id)) return
    seen.add(event.id)
    merged.push(event)
    for (const follower of followers.get(event.id) ?? []) take(follower)
  }
  for (const event of followers.get(undefined) ?? []) take(event)
  for (const event of forward) take(event)
  return merged
}

function followersOf(forward: readonly KnownEvent[], backward: readonly KnownEvent[]) {
  const inForward = new Set(forward.map((event) => event.id))
  const followers = new Map<string | undefined, KnownEvent[]>()
  let anchor: string | undefined
  for (const event of backward) {
    if (inForward.has(event.id)) anchor = event.id
    else followers.set(anchor, [...(followers.get(anchor) ?? []), event])
  }
  return followers
}
