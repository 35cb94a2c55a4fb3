import type { Case } from '../../generate/case.ts'
import { knownOf } from '../../generate/case.ts'
import { type MadeSession, renamed } from '../../generate/session.ts'
import type { Blame } from '../../oracle/blame.ts'
import { differenceOf } from '../../oracle/difference.ts'
import type { KnownEvent } from '../../oracle/event.ts'
import { idsOf } from '../../oracle/page.ts'
import type { Asker } from '../asker.ts'
import { MadeReading } from '../made-reading.ts'
import type { Reading } from '../reading.ts'
import type { SessionKeeper } from '../session-keeper.ts'
import { type Answered, askAbout, type Surroundings } from './ask-about.ts'
import { readWhole } from './read-whole.ts'

/** What came of one case. */
export interface Examined {
  readonly blames: readonly Blame[]
  /** How many questions were answered by something that can be judged. */
  readonly judged: number
}

/**
 * Loads the case's session into the target, asks the questions and judges the answers against what was loaded.
 * @throws ControlError when the target does not take the session
 */
export async function examineMade(
  { questions, session: made }: Case & { readonly session: MadeSession },
  keeper: SessionKeeper,
  asker: Asker,
): Promise<Examined> {
  const { sessionId, threadIds } = keeper.freshIds(made.threads.length)
  const first = await examineAs({ questions, session: renamed(made, sessionId) }, keeper, asker)
  if (first !== 'refused') return first
  // Ids of strange forms are worth trying; a target that takes no others than its own kind is right as well.
  const again = keeper.freshIds(0).sessionId
  const second = await examineAs({ questions, session: renamed(made, again, threadIds) }, keeper, asker, true)
  return second === 'refused' ? { blames: [], judged: 0 } : second
}

async function examineAs(
  value: Case & { readonly session: MadeSession },
  keeper: SessionKeeper,
  asker: Asker,
  evenRefused = false,
): Promise<Examined | 'refused'> {
  try {
    await keeper.put(value.session)
    return await examineLoaded(value, asker, evenRefused)
  } finally {
    await keeper.discard(value.session.id)
  }
}

async function examineLoaded(
  { questions, session }: Case & { readonly session: MadeSession },
  asker: Asker,
  evenRefused: boolean,
): Promise<Examined | 'refused'> {
  const readings = knownOf(session).map(
    (events, at) =>
      new MadeReading({ sessionId: session.id, threadId: session.threads[at]?.id ?? '' }, events),
  )
  asker.setReadings(readings)
  const told = readings.map(({ events }) => new Map(events.map((event) => [event.id, event])))
  const named = new Set(questions.flatMap((one) => ('owner' in one ? [one.thread, one.owner] : [one.thread])))
  for (const [at, reading] of readings.entries()) {
    if (!named.has(at)) continue
    const read = await readWhole(asker, reading, told[at] ?? new Map())
    if (read.refused && !evenRefused) return 'refused'
    if (read.blames.length > 0) return { blames: read.blames, judged: read.judged }
  }
  const surroundings = readings.map((reading, at) => ({ reading, told: told[at] }))
  const answers = await answersTo(questions, surroundings, asker)
  const [main] = readings
  const changed = main === undefined ? [] : await readingAdds(asker, main)
  return changed.length > 0 ? { blames: changed, judged: answers.judged } : answers
}

/** Asks questions about threads that were there before, and judges the answers by what was read of them. */
export async function examineFound(
  { questions }: Case,
  readings: readonly Reading[],
  asker: Asker,
): Promise<Examined> {
  asker.setReadings(readings)
  return answersTo(
    questions,
    readings.map((reading) => ({ reading, told: undefined })),
    asker,
  )
}

async function answersTo(
  questions: Case['questions'],
  surroundings: readonly Surroundings[],
  asker: Asker,
): Promise<Examined> {
  const answers: Answered[] = await Promise.all(
    questions.map((question) => askAbout(question, surroundings, asker)),
  )
  return {
    blames: answers.flatMap(({ blames }) => blames),
    judged: answers.reduce((sum, { judged }) => sum + judged, 0),
  }
}

// What reading adds stands at the newest end, whatever order it is given in.
async function readingAdds(asker: Asker, reading: MadeReading): Promise<Blame[]> {
  const list = await asker.list(reading, { order: 'desc', limit: 5 }, { fresh: true })
  if (typeof list.page === 'string') return []
  const known = new Set(idsOf(reading.events))
  const added = list.page.events.filter(({ id }) => id !== undefined && !known.has(id))
  const expected = newest(reading.events)
  if (added.length === 0 || differenceOf(expected, idsOf(list.page.events)) === undefined) return []
  const finding = {
    kind: 'reading-adds',
    message: `The thread was only read, and has ${added[0]?.id ?? 'an event'} now, which nobody appended.`,
    expected,
    actual: idsOf(list.page.events),
    exchanges: [list.exchange.id],
  }
  return [{ id: 'INP-03', finding }]
}

function newest(events: readonly KnownEvent[]): string[] {
  return idsOf(events).slice(-5).reverse()
}
