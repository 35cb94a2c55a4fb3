import type { ControlSession } from '../../contract/control-session.ts'
import type { JsonObject } from '../../contract/json.ts'
import { type KnownEvent, knownEvents } from '../../oracle/event.ts'
import type { ControlAccess } from '../../targets/control-access.ts'
import { ControlError } from '../../targets/control-client.ts'
import { FixtureSnapshot } from '../../targets/fixture-snapshot.ts'
import type { RouteClient } from '../../targets/route-client.ts'
import { SessionFixtures } from '../../targets/session-fixtures.ts'
import { NotExercised } from '../not-exercised.ts'
import { Acknowledgements } from './acknowledgements.ts'
import { eventMaker, wantedType } from './arrival-events.ts'

/** A thread whose events the suite chooses one by one, in the order of arrival. */
export interface LiveSession {
  readonly snapshot: FixtureSnapshot
  readonly sibling: FixtureSnapshot
  /** The ids of the events that the thread began with. */
  readonly initial: ReadonlySet<string>
  readonly routeClient: RouteClient
  readonly acknowledgements: Acknowledgements
  readonly make: ReturnType<typeof eventMaker>
  readonly makeBeside: ReturnType<typeof eventMaker>
  /** Appends events; once it resolves the target has them. */
  append(events: readonly JsonObject[]): Promise<void>
  appendBeside(events: readonly JsonObject[]): Promise<void>
  /** Replaces the session: the thread then has exactly these events, the sibling none, or does not exist. */
  replace(events: readonly JsonObject[], keepSibling?: boolean): Promise<void>
  /** Deletes the session. */
  remove(): Promise<void>
}

/** What the two threads of a live session begin with. */
export interface LiveStart {
  /** How many events the thread has. */
  readonly events: number
  /** The type of these events. */
  readonly type?: string
  /** How many events the sibling has; one unless given. */
  readonly beside?: number
}

/**
 * Makes a session of two threads, lets `play` use it, and removes it.
 * @throws NotExercised when the target cannot be filled with data
 */
export async function withLiveSession(
  controlAccess: ControlAccess,
  { events: initial, type = wantedType, beside: initialBeside = 1 }: LiveStart,
  play: (live: LiveSession) => Promise<void>,
): Promise<void> {
  const { sessionFixtures } = controlAccess
  if (!(sessionFixtures instanceof SessionFixtures)) throw new NotExercised(sessionFixtures)
  const { sessionId, threadIds } = sessionFixtures.freshIds(2)
  const [threadId = '', siblingId = ''] = threadIds
  const make = eventMaker(sessionId, threadId)
  const makeBeside = eventMaker(sessionId, siblingId)
  const events = Array.from({ length: initial }, (_, second) => make({ second, type }))
  const beside = Array.from({ length: initialBeside }, (_, second) => makeBeside({ second }))
  const snapshot = new FixtureSnapshot({ sessionId, threadId }, knownEvents(events))
  const sibling = new FixtureSnapshot({ sessionId, threadId: siblingId }, knownEvents(beside))
  const routeClient = controlAccess.routeClient('live')
  const acknowledgements = new Acknowledgements()
  const put = (threads: ControlSession['threads']) => sessionFixtures.put({ id: sessionId, threads })
  const adopt = (thread: FixtureSnapshot, all: readonly KnownEvent[]) => {
    thread.adopt(all)
    routeClient.setSnapshots([snapshot, sibling])
  }
  // Known before the target has them: a stream may be quicker than the answer to the append.
  const appendTo = (thread: FixtureSnapshot) => async (more: readonly JsonObject[]) => {
    adopt(thread, [...thread.events, ...knownEvents(more)])
    await sessionFixtures.append(sessionId, thread.threadId, more)
    acknowledgements.note()
  }
  try {
    await put([
      { id: threadId, events },
      { id: siblingId, events: beside },
    ])
    routeClient.setSnapshots([snapshot, sibling])
    await play({
      snapshot,
      sibling,
      initial: new Set(knownEvents(events).map(({ id }) => id)),
      routeClient,
      acknowledgements,
      make,
      makeBeside,
      append: appendTo(snapshot),
      appendBeside: appendTo(sibling),
      replace: async (next, keepSibling = true) => {
        adopt(sibling, [])
        adopt(snapshot, knownEvents(next))
        await put([{ id: threadId, events: next }, ...(keepSibling ? [{ id: siblingId, events: [] }] : [])])
      },
      remove: () => sessionFixtures.remove(sessionId),
    })
  } catch (error) {
    throw error instanceof ControlError ? controlDoesNotWork(error) : error
  } finally {
    await sessionFixtures.discard(sessionId)
  }
}

/** What is missing where a control route fails. */
export function controlDoesNotWork({ message }: ControlError): NotExercised {
  return new NotExercised({
    missing: `a working control protocol: ${message}`,
    provide: 'See docs/control-protocol.md; the suite needs all of its routes except the one for tokens.',
  })
}
