import type { JsonObject } from '../../contract/json.ts'
import { livePlay } from '../../generate/live.ts'
import { renamed } from '../../generate/session.ts'
import { isKnown, type KnownEvent, seenEvent } from '../../oracle/event.ts'
import type { StreamExchange } from '../../oracle/history.ts'
import { ControlError } from '../../target/control.ts'
import type { Asker } from '../asker.ts'
import type { Lab } from '../lab.ts'
import { MadeReading } from '../made-reading.ts'
import { SessionKeeper } from '../session-keeper.ts'
import { NotExercised } from '../trial.ts'

/** A thread of the suite's own making in which something happens, and one beside it. */
export interface LiveThread {
  readonly reading: MadeReading
  readonly sibling: MadeReading
  readonly asker: Asker
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
export async function withLiveThread(lab: Lab, play: (live: LiveThread) => Promise<void>): Promise<void> {
  const { keeper } = lab
  if (!(keeper instanceof SessionKeeper)) throw new NotExercised(keeper)
  const { sessionId, threadIds } = keeper.freshIds(2)
  const { session, later, beside, marker, type } = livePlay(lab.seed, sessionId, threadIds)
  const [main, other] = session.threads
  if (main === undefined || other === undefined) throw new Error('A live session has two threads.')
  const reading = made(session.id, main)
  const sibling = made(session.id, other)
  const asker = lab.asker('live')
  const name = () => asker.setReadings([reading, sibling])
  const given = [...main.events]
  const appending =
    (thread: MadeReading, supply: JsonObject[], kept: JsonObject[] = []) =>
    async (count: number) => {
      const events = supply.splice(0, count)
      kept.push(...events)
      // Known before the target has them: a stream may be quicker than the answer to the append.
      thread.adopt([...thread.events, ...known(events)])
      name()
      await keeper.append(session.id, thread.threadId, events)
    }
  const streamedAtOnce = async () => {
    const fresh = keeper.freshIds(1)
    const all = { id: session.id, threads: [{ id: main.id, events: given }] }
    const whole = renamed(all, fresh.sessionId, fresh.threadIds)
    const [thread] = whole.threads
    try {
      await keeper.put(whole)
      return await asker.stream(made(whole.id, thread ?? main), {})
    } finally {
      await keeper.discard(whole.id)
    }
  }
  try {
    await keeper.put(session)
    name()
    await play({
      reading,
      sibling,
      asker,
      type,
      append: appending(reading, [...later], given),
      streamedAtOnce,
      end: async (tell) => {
        for (const { id } of known([marker])) tell(id)
        await appending(reading, [marker], given)(1)
      },
      appendBeside: appending(sibling, [...beside]),
    })
  } catch (error) {
    if (!(error instanceof ControlError)) throw error
    throw new NotExercised({
      missing: `a control protocol that works: ${error.message}`,
      provide: 'See the README on the control routes; the suite needs all of them but for tokens.',
    })
  } finally {
    await keeper.discard(session.id)
  }
}

function made(
  sessionId: string,
  { id, events }: { readonly id: string; readonly events: readonly JsonObject[] },
) {
  return new MadeReading({ sessionId, threadId: id }, known(events))
}

function known(events: readonly JsonObject[]): KnownEvent[] {
  return events.map(seenEvent).filter(isKnown)
}
