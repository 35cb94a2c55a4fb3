import { setTimeout as delay } from 'node:timers/promises'
import type { StreamExchange } from '../../oracle/history.ts'
import { frameId, readFrame } from '../../oracle/stream/read-frames.ts'
import type { HeaderPair } from '../../wire/exchange.ts'
import type { LiveThread } from './live-thread.ts'

/** What a client that follows a stream asks for. */
export interface SubscribeOptions {
  readonly types?: readonly string[]
  readonly after?: string
  readonly headers?: readonly HeaderPair[]
}

/** A client that follows a thread, and connects again where the target ends the stream. */
export interface Subscription {
  readonly following: SubscribeOptions
  /** Resolves when the first request goes out. */
  readonly sent: Promise<void>
  /** Resolves when the stream is open, or has ended before. */
  readonly opened: Promise<void>
  /** Resolves when this event has arrived, or no stream is open on which it could. */
  saw(id: string): Promise<void>
  /** Names the event that the follower ends with. */
  endWith(id: string): void
  /** Closes the stream, whatever is still due. */
  leave(): void
  /** The streams that it took, in order; resolves when the last event came, or a deadline ended it. */
  readonly streams: Promise<readonly StreamExchange[]>
}

/** A target may end a stream whenever it likes; a client that never gets anywhere gives up. */
const mostConnections = 12
/** How long a client waits before it connects once more for an event that two streams in a row lacked, in milliseconds. */
const retryMs = 200

/**
 * Starts to follow.
 * @param resumable whether a client can resume after an event: after one that arrived out of order, the target sends
 * again what follows it in the list
 */
export function subscribe(
  {
    snapshot,
    routeClient,
    acknowledgements,
  }: Pick<LiveThread, 'snapshot' | 'routeClient' | 'acknowledgements'>,
  following: SubscribeOptions,
  resumable: (id: string) => boolean = () => true,
): Subscription {
  const seen = new Set<string>()
  const waiting = new Map<string, () => void>()
  let last: string | undefined
  let send: () => void = () => undefined
  const sent = new Promise<void>((resolve) => {
    send = resolve
  })
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const left = new AbortController()
  const leaving = new Promise<void>((resolve) => left.signal.addEventListener('abort', () => resolve()))
  /** How many appends were acknowledged when the last event was named, which is appended next. */
  let beforeLast = Number.POSITIVE_INFINITY
  let late = 0
  let idle = false

  // Nothing more comes before the next append: nobody may wait for it.
  function wakeAll(): void {
    for (const wake of waiting.values()) wake()
    waiting.clear()
  }

  // Where a target ends every stream, the next one is worth while once there is more to send.
  async function untilMoreIsDue(acknowledged: number, connections: number): Promise<void> {
    while (!left.signal.aborted && acknowledgements.count <= beforeLast) {
      if (connections < mostConnections && acknowledgements.count > acknowledged) return
      idle = true
      wakeAll()
      await Promise.race([acknowledgements.next(), leaving])
      idle = false
    }
    // What a list shows may reach streams later.
    if (acknowledged > beforeLast) {
      late += 1
      await delay(retryMs, undefined, { signal: left.signal }).catch(() => undefined)
    }
  }

  async function connectAgain(): Promise<StreamExchange[]> {
    const streams: StreamExchange[] = []
    let after = following.after
    while (late < mostConnections && !left.signal.aborted) {
      const acknowledged = acknowledgements.count
      const stream = await routeClient.stream(snapshot, {
        ...(following.types === undefined ? {} : { types: following.types }),
        ...(after === undefined ? {} : { after }),
        ...(following.headers === undefined ? {} : { headers: following.headers }),
        fresh: true,
        onSend: send,
        onOpen: open,
        leave: left.signal,
        onFrame: (frame) => {
          const id = frameId(readFrame(frame))
          seen.add(id)
          waiting.get(id)?.()
        },
        until: () => last !== undefined && seen.has(last),
      })
      streams.push(stream)
      const { end } = stream.exchange.stream ?? {}
      // A proxy may reset a connection that carries nothing for a while. Clients then resume.
      if ((end !== 'server' && end !== 'failure') || (last !== undefined && seen.has(last))) break
      const newest = stream.frames.findLast((frame) => resumable(frameId(frame)))
      after = newest === undefined ? after : frameId(newest)
      if (newest === undefined || streams.length >= mostConnections)
        await untilMoreIsDue(acknowledged, streams.length)
    }
    open()
    wakeAll()
    return streams
  }

  const streams = connectAgain()
  return {
    following,
    sent,
    opened,
    saw: (id) =>
      seen.has(id) || idle
        ? Promise.resolve()
        : Promise.race([
            new Promise<void>((resolve) => waiting.set(id, resolve)),
            streams.then(() => undefined),
          ]),
    endWith: (id) => {
      last = id
      beforeLast = acknowledgements.count
    },
    leave: () => left.abort(),
    streams,
  }
}
