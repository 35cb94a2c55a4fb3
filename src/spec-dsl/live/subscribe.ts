import type { StreamExchange } from '../../oracle/history.ts'
import { frameId, readFrame } from '../../oracle/stream/read-frames.ts'
import type { LiveThread } from './live-thread.ts'

/** What a client that follows a stream asks for. */
export interface SubscribeOptions {
  readonly types?: readonly string[]
  readonly after?: string
}

/** A client that follows a thread, and connects again where the target ends the stream. */
export interface Subscription {
  readonly following: SubscribeOptions
  /** Resolves when the first request goes out. */
  readonly sent: Promise<void>
  /** Resolves when the stream is open, or has ended before. */
  readonly opened: Promise<void>
  /** Resolves when this event has come, or the follower has ended. */
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

/**
 * Starts to follow.
 * @param resumable whether a client can resume after an event: after one that arrived out of order, the target sends
 * again what follows it in the list
 */
export function subscribe(
  { snapshot, routeClient }: Pick<LiveThread, 'snapshot' | 'routeClient'>,
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

  async function connectAgain(): Promise<StreamExchange[]> {
    const streams: StreamExchange[] = []
    let after = following.after
    while (streams.length < mostConnections && !left.signal.aborted) {
      const stream = await routeClient.stream(snapshot, {
        ...(following.types === undefined ? {} : { types: following.types }),
        ...(after === undefined ? {} : { after }),
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
    }
    open()
    for (const wake of waiting.values()) wake()
    return streams
  }

  const streams = connectAgain()
  return {
    following,
    sent,
    opened,
    saw: (id) =>
      seen.has(id)
        ? Promise.resolve()
        : Promise.race([
            new Promise<void>((resolve) => waiting.set(id, resolve)),
            streams.then(() => undefined),
          ]),
    endWith: (id) => {
      last = id
    },
    leave: () => left.abort(),
    streams,
  }
}
