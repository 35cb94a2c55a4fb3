import type { RequirementId } from '../../../contract/catalogue.ts'
import type { JsonObject } from '../../../contract/json.ts'
import { judgeRefusal } from '../../../oracle/errors/refusal.ts'
import type { Finding } from '../../../oracle/finding.ts'
import type { StreamExchange } from '../../../oracle/history.ts'
import { findingIn } from '../../../oracle/judge-result.ts'
import type { ListQuery } from '../../../oracle/pagination/list-query.ts'
import { idsOf } from '../../../oracle/pagination/page.ts'
import { describedStream } from '../../../oracle/stream/history-replay.ts'
import {
  judgeFollowed,
  judgeFollowedFrames,
  judgeFollowedIsolation,
} from '../../../oracle/stream/live-delivery.ts'
import { frameId } from '../../../oracle/stream/read-frames.ts'
import { streamAccept } from '../../../targets/route-client.ts'
import { idOf, otherType, wantedType } from '../arrival-events.ts'
import { missingFrom } from '../expect-arrivals.ts'
import type { LiveSession } from '../live-session.ts'
import { type SubscribeOptions, type Subscription, subscribe } from '../subscribe.ts'

/** How the timestamps of appended events relate to the newest one of the thread. */
export type Arrival = 'later' | 'equal' | 'earlier'

/** A batch of events to append. */
export interface Batch {
  readonly count: number
  readonly arrival: Arrival
  readonly types: 'wanted' | 'other' | 'mixed'
  readonly size: number | undefined
}

/** Ends a scenario: a promise is broken. */
export class ScenarioFailure extends Error {
  readonly id: RequirementId
  readonly finding: Finding

  constructor(id: RequirementId, finding: Finding) {
    super(finding.message)
    this.id = id
    this.finding = finding
  }
}

interface Follower {
  readonly subscription: Subscription
  /** Whether the suite's own timeout ended it before the last event was appended. */
  over: boolean
}

/** One thread in which steps happen, with the clients that follow it. Each step throws what it finds. */
export class LivePlay {
  /** The exchanges of the streams that were judged. */
  readonly judged: number[] = []
  /** The types that filtered streams and lists ask for. */
  readonly filter = [wantedType] as const
  readonly #live: LiveSession
  readonly #expiredToken: string | undefined
  readonly #followers = new Set<Follower>()
  /** Events whose place among the others the contract leaves open while they arrive. */
  readonly #misplaced = new Set<string>()
  /** The lists that were asked for. */
  readonly #listed = new Map<string, ListQuery>()
  #second = 100

  constructor(live: LiveSession, expiredToken: string | undefined) {
    this.#live = live
    this.#expiredToken = expiredToken
  }

  /** Appends a batch, and waits for the acknowledgement. */
  async append(batch: Batch): Promise<void> {
    await this.#live.append(this.#made(batch))
  }

  /** Appends to the thread beside. */
  async appendBeside(count: number): Promise<void> {
    this.#second += 1
    const events = Array.from({ length: count }, () => this.#live.makeBeside({ second: this.#second }))
    await this.#live.appendBeside(events)
  }

  /**
   * Opens a stream.
   * @param from the place of the event to resume after, from 0 to 1; the whole thread without it
   * @param settled whether to wait until the history has arrived
   */
  async open(filtered: boolean, from: number | undefined, settled: boolean): Promise<void> {
    const { snapshot } = this.#live
    const certain = idsOf(snapshot.events).filter((id) => !this.#misplaced.has(id))
    const after = from === undefined ? undefined : certain[Math.floor(from * (certain.length - 1))]
    const options: SubscribeOptions = {
      ...(filtered ? { types: this.filter } : {}),
      ...(after === undefined ? {} : { after }),
    }
    const last = this.#certainlyDue(options).at(-1)
    const subscription = subscribe(this.#live, options, (id) => !this.#misplaced.has(id))
    const follower = { subscription, over: false }
    this.#followers.add(follower)
    void subscription.streams.then(
      () => {
        follower.over = true
      },
      () => undefined,
    )
    await subscription.sent
    if (settled && last !== undefined) await subscription.saw(last)
  }

  /** Closes the stream that was opened first. */
  leave(): void {
    const [first] = this.#followers
    if (first === undefined) return
    first.subscription.leave()
    this.#followers.delete(first)
  }

  /** Lists the thread: every event that was acknowledged is there. */
  async list(query: ListQuery): Promise<void> {
    const { routeClient, snapshot } = this.#live
    this.#listed.set(JSON.stringify(query), query)
    const list = await routeClient.list(snapshot, query, { fresh: true })
    const lost = missingFrom(this.#live, list)
    if (lost !== undefined) throw new ScenarioFailure('SSE-09', lost)
  }

  /** Replaces the session while the newest stream is open. The contract is silent on what that receives then. */
  async replace(count: number): Promise<void> {
    await this.#finish([...this.#followers].slice(0, -1))
    this.#misplaced.clear()
    const events = this.#made({ count, arrival: 'later', types: 'mixed', size: undefined })
    await this.#live.replace(events)
    this.#leaveAll()
  }

  /** Deletes the session while the newest stream is open: the list and the stream no longer find it. */
  async remove(): Promise<void> {
    await this.#finish([...this.#followers].slice(0, -1))
    const { remove, routeClient, snapshot } = this.#live
    const { exchange: before } = await routeClient.list(snapshot, {}, { fresh: true })
    await remove()
    this.#leaveAll()
    this.#listed.clear()
    if (before.response?.status !== 200) return
    const list = await routeClient.list(snapshot, {}, { fresh: true })
    const stream = await routeClient.stream(snapshot, { fresh: true })
    for (const { exchange } of [list, stream]) {
      const finding = judgeRefusal(exchange, [404], 'A deleted session')
      if (finding !== undefined) throw new ScenarioFailure('NFD-01', finding)
    }
  }

  /** Sends an expired token, which must be refused at any time. */
  async askExpired(stream: boolean): Promise<void> {
    const { routeClient, snapshot } = this.#live
    const exchange = await routeClient.ask(
      {
        sessionId: snapshot.sessionId,
        threadId: snapshot.threadId,
        authorization: `Bearer ${this.#expiredToken ?? ''}`,
        ...(stream ? { accept: streamAccept } : {}),
      },
      true,
    )
    const finding = judgeRefusal(exchange, [401], 'An expired token')
    if (finding !== undefined) throw new ScenarioFailure('AUT-04', finding)
  }

  /** Appends one last event, and judges what every open stream received until then. */
  async finish(): Promise<void> {
    await this.#finish([...this.#followers])
    // A cached response to one of these would be outdated by now.
    for (const query of this.#listed.values()) await this.list(query)
  }

  async #finish(followers: readonly Follower[]): Promise<void> {
    const [marker] = this.#made({ count: 1, arrival: 'later', types: 'wanted', size: undefined })
    if (marker === undefined || followers.length === 0) return
    const timedOut = followers.filter(({ over }) => over)
    for (const { subscription } of followers) subscription.endWith(idOf(marker))
    await this.#live.append([marker])
    for (const follower of followers) {
      this.judged.push(...(await this.#judge(follower, timedOut.includes(follower))))
      this.#followers.delete(follower)
    }
  }

  /** Closes every stream. */
  close(): void {
    this.#leaveAll()
  }

  async #judge({ subscription }: Follower, timedOut: boolean): Promise<number[]> {
    const { following } = subscription
    const taken = await subscription.streams
    const exchanges = taken.map(({ exchange }) => exchange.id)
    const foreign = judgeFollowedIsolation(taken)
    if (foreign !== undefined) throw new ScenarioFailure('ISO-04', foreign)
    const strange = judgeFollowedFrames(taken)
    if (strange !== undefined) throw new ScenarioFailure('SSE-02', strange)
    if (timedOut && endedByTimeout(taken.at(-1))) return []
    const resumed = following.after !== undefined
    // Whether an event with an earlier timestamp is due after a resumption depends on when the stream opened.
    const judged = resumed
      ? taken.map((stream) => ({
          ...stream,
          frames: stream.frames.filter((frame) => !this.#misplaced.has(frameId(frame))),
        }))
      : taken
    const due = resumed ? this.#certainlyDue(following) : this.#due(following)
    const finding = findingIn(
      judgeFollowed(
        judged,
        due,
        `${describedStream(following)}, while events were appended`,
        this.#misplaced,
      ),
    )
    if (finding === undefined) return exchanges
    throw new ScenarioFailure('SSE-09', finding)
  }

  #due({ types, after }: SubscribeOptions): string[] {
    const { events } = this.#live.snapshot
    const rest = after === undefined ? events : events.slice(events.findIndex(({ id }) => id === after) + 1)
    return idsOf(rest.filter(({ type = '' }) => types?.includes(type) ?? true))
  }

  #certainlyDue(options: SubscribeOptions): string[] {
    const due = this.#due(options)
    return options.after === undefined ? due : due.filter((id) => !this.#misplaced.has(id))
  }

  #made({ count, arrival, types, size }: Batch): JsonObject[] {
    return Array.from({ length: count }, (_, at) => {
      if (arrival === 'later') this.#second += 1
      const event = this.#live.make({
        second: arrival === 'earlier' ? this.#second - 50 : this.#second,
        type: types === 'other' || (types === 'mixed' && at % 2 === 1) ? otherType : wantedType,
        ...(size === undefined || at > 0 ? {} : { size }),
      })
      if (arrival !== 'later') this.#misplaced.add(idOf(event))
      return event
    })
  }

  #leaveAll(): void {
    for (const { subscription } of this.#followers) subscription.leave()
    this.#followers.clear()
  }
}

function endedByTimeout(stream: StreamExchange | undefined): boolean {
  return ['idle', 'first-byte', 'total'].includes(stream?.exchange.stream?.end ?? '')
}
