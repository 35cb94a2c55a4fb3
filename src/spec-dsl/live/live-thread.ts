import type { JsonObject } from '../../contract/json.ts'
import { knownEvents } from '../../oracle/event.ts'
import type { StreamExchange } from '../../oracle/history.ts'
import { liveWrites } from '../../properties/generators/live-writes.ts'
import { renamed } from '../../properties/generators/session.ts'
import type { ControlAccess } from '../../targets/control-access.ts'
import { ControlError } from '../../targets/control-client.ts'
import { FixtureSnapshot } from '../../targets/fixture-snapshot.ts'
import type { RouteClient } from '../../targets/route-client.ts'
import { SessionFixtures } from '../../targets/session-fixtures.ts'
import { NotExercised } from '../not-exercised.ts'
import { Acknowledgements } from './acknowledgements.ts'
import { controlDoesNotWork } from './live-session.ts'

/** A thread of the suite's own making in which something happens, and one beside it. */
export interface LiveThread {
  readonly snapshot: FixtureSnapshot
  readonly sibling: FixtureSnapshot
  readonly routeClient: RouteClient
  readonly acknowledgements: Acknowledgements
  /** A type that some of the events have. */
  readonly type: string
  /** Appends the next events to the thread; once it resolves the target has them. */
  append(count: number): Promise<void>
  /** Appends the event that ends the play, whose id is told before the target has it. */
  end(tell: (id: string) => void): Promise<void>
  /** Appends the next events to the sibling. */
  appendBeside(count: number): Promise<void>
  /** The stream of a thread that was given at once all that this one has by now. */
  streamedAtOnce(): Promise<StreamExchange>
}

/**
 * Makes a session, lets `play` do with it what it likes, and takes it away again.
 * @throws NotExercised when the target cannot be filled with data
 */
export async function withLiveThread(
  controlAccess: ControlAccess,
  play: (live: LiveThread) => Promise<void>,
): Promise<void> {
  const { sessionFixtures } = controlAccess
  if (!(sessionFixtures instanceof SessionFixtures)) throw new NotExercised(sessionFixtures)
  const { sessionId, threadIds } = sessionFixtures.freshIds(2)
  const { session, later, beside, marker, type } = liveWrites(controlAccess.seed, sessionId, threadIds)
  const [main, other] = session.threads
  if (main === undefined || other === undefined) throw new Error('A live session has two threads.')
  const snapshot = made(session.id, main)
  const sibling = made(session.id, other)
  const routeClient = controlAccess.routeClient('live')
  const acknowledgements = new Acknowledgements()
  const name = () => routeClient.setSnapshots([snapshot, sibling])
  const given = [...main.events]
  const appending =
    (thread: FixtureSnapshot, supply: JsonObject[], kept: JsonObject[] = []) =>
    async (count: number) => {
      const events = supply.splice(0, count)
      kept.push(...events)
      // Known before the target has them: a stream may be quicker than the answer to the append.
      thread.adopt([...thread.events, ...knownEvents(events)])
      name()
      await sessionFixtures.append(session.id, thread.threadId, events)
      acknowledgements.note()
    }
  const streamedAtOnce = async () => {
    const fresh = sessionFixtures.freshIds(1)
    const all = { id: session.id, threads: [{ id: main.id, events: given }] }
    const whole = renamed(all, fresh.sessionId, fresh.threadIds)
    const [thread] = whole.threads
    try {
      await sessionFixtures.put(whole)
      return await routeClient.stream(made(whole.id, thread ?? main), {})
    } finally {
      await sessionFixtures.discard(whole.id)
    }
  }
  try {
    await sessionFixtures.put(session)
    name()
    await play({
      snapshot,
      sibling,
      routeClient,
      acknowledgements,
      type,
      append: appending(snapshot, [...later], given),
      streamedAtOnce,
      end: async (tell) => {
        for (const { id } of knownEvents([marker])) tell(id)
        await appending(snapshot, [marker], given)(1)
      },
      appendBeside: appending(sibling, [...beside]),
    })
  } catch (error) {
    throw error instanceof ControlError ? controlDoesNotWork(error) : error
  } finally {
    await sessionFixtures.discard(session.id)
  }
}

function made(
  sessionId: string,
  { id, events }: { readonly id: string; readonly events: readonly JsonObject[] },
) {
  return new FixtureSnapshot({ sessionId, threadId: id }, knownEvents(events))
}
