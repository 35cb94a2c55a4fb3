import type { Exchange } from '../../wire/exchange.ts'
import type { SeenEvent } from '../event.ts'
import { readerOf } from '../event-table.ts'
import type { Finding } from '../finding.ts'
import {
  type KnownThread,
  type ListExchange,
  revisionOf,
  type SeenFrame,
  type StreamExchange,
} from '../history.ts'
import type { JudgeResult } from '../judge-result.ts'
import { readPage } from '../pagination/page.ts'
import { describedList } from '../pagination/page-window.ts'
import { describedStream } from '../stream/history-replay.ts'
import { frameId, readFrames } from '../stream/read-frames.ts'
import { namesBothThreads } from './shared-message.ts'

/** ISO-01 and ISO-02: a page holds no event of another thread, by label or by id. */
export function judgeListIsolation(list: ListExchange): JudgeResult {
  if (typeof list.page === 'string' || list.thread.foreign.size === 0 || list.page.events.length === 0)
    return 'undecided'
  const foreign = list.page.events.find((event) => isForeign(event, list.thread))
  return foreign === undefined ? undefined : leak(describedList(list), foreign.id, foreign.thread, list)
}

/** ISO-01: two threads do not have the same events. */
export function judgeMirror(list: ListExchange): JudgeResult {
  const { page, thread, exchange } = list
  if (thread.mirror === undefined || typeof page === 'string' || page.events.length === 0) return 'undecided'
  return {
    kind: 'leak',
    message: `${describedList(list)} contains the same events as the list of ${thread.mirror}.`,
    expected: `events of ${thread.threadId} alone`,
    actual: page.events.map(({ id }) => id ?? '(no id)').slice(0, 20),
    exchanges: [exchange.id],
  }
}

/** ISO-04: a stream carries no event of another thread. */
export function judgeStreamIsolation(stream: StreamExchange): JudgeResult {
  const { thread, frames } = stream
  if (thread.foreign.size === 0 || frames.length === 0) return 'undecided'
  // An id that is in both threads' lists is the lists' finding; in a stream it tells nothing of whose the event is.
  const own = new Set(thread.sequence.events.map(({ id }) => id))
  // A frame without id and label says nothing of whose its event is.
  const tells = (frame: SeenFrame) =>
    frame.seen?.thread !== undefined || thread.foreign.has(frameId(frame)) || own.has(frameId(frame))
  if (!frames.some(tells)) return 'undecided'
  const foreign = frames.find((frame) => {
    const id = frameId(frame)
    const label = frame.seen?.thread
    return (label !== undefined && label !== thread.threadId) || (thread.foreign.has(id) && !own.has(id))
  })
  if (foreign === undefined) return undefined
  return leak(describedStream(stream), frameId(foreign), foreign.seen?.thread, stream)
}

/** ISO-03 and ISO-05: whatever the answer is, it shows no event of this thread. */
export function judgeNothingOf(
  exchange: Exchange,
  owner: Pick<KnownThread, 'threadId' | 'revision'> & { readonly events: readonly SeenEvent[] },
  what: string,
): Finding | undefined {
  const reader = readerOf(revisionOf(owner).events)
  const page = readPage(exchange, reader)
  const frames = readFrames(exchange.stream?.frames ?? [], reader).flatMap((frame) => frame.seen ?? [])
  const shown = typeof page === 'string' ? frames : page.events
  const ids = new Set(owner.events.map((event) => event.id))
  const leaked = shown.find((event) => event.thread === owner.threadId || ids.has(event.id))
  if (leaked === undefined) return undefined
  return {
    kind: 'leak',
    message: `${what} returns ${leaked.id ?? 'an event'} of thread ${owner.threadId}.`,
    expected: 'no event of that thread',
    actual: [leaked.id ?? '(no id)'],
    exchanges: [exchange.id],
  }
}

/** Whether an event is known by its id to be in another thread's list, and not in this one's. */
export function isLeaked({ id }: SeenEvent, { foreign, sequence }: KnownThread): boolean {
  return id !== undefined && foreign.has(id) && !sequence.events.some((event) => event.id === id)
}

function isForeign(event: SeenEvent, thread: KnownThread): boolean {
  if (namesBothThreads(event, thread.threadId)) return false
  if (event.thread !== undefined && event.thread !== thread.threadId) return true
  return event.id !== undefined && thread.foreign.has(event.id)
}

function leak(
  what: string,
  id: string | undefined,
  label: string | undefined,
  { exchange, thread }: { readonly exchange: Exchange; readonly thread: KnownThread },
): Finding {
  return {
    kind: 'leak',
    message: `${what} contains ${id ?? 'an event'}, an event of another thread.`,
    expected: `only events of ${thread.threadId}`,
    actual: `${id ?? '(no id)'} of ${label ?? 'another thread'}`,
    exchanges: [exchange.id],
  }
}
