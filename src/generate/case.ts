import fc from 'fast-check'
import { isKnown, type KnownEvent, seenEvent } from '../oracle/event.ts'
import { inTime } from '../oracle/truth.ts'
import { hostileQuestions } from './hostile.ts'
import { type Known, type Question, questionsAbout } from './questions.ts'
import { anySession, type MadeSession } from './session.ts'
import { simplerCases } from './simpler.ts'

/** What one generated check consists of: a session to load, where there is one, and what to ask about it. */
export interface Case {
  readonly session?: MadeSession
  readonly questions: readonly Question[]
}

/** Cases with a session of their own. */
export function madeCases(): fc.Arbitrary<Case> {
  const cases = anySession().chain((session) =>
    questionsAbout(knownOf(session), 7, 7, 11).map((questions) => ({ session, questions })),
  )
  return new Shrinking(cases)
}

/** Cases about threads that are there already. */
export function foundCases(known: Known): fc.Arbitrary<Case> {
  return new Shrinking(questionsAbout(known, 4, 2, 6).map((questions) => ({ questions })))
}

/** Cases of requests that no client of good will makes. */
export function hostileCases(least: number, most: number): fc.Arbitrary<Case> {
  return new Shrinking(hostileQuestions(least, most).map((questions) => ({ questions })))
}

/** The events of a session as they must be listed, thread by thread. */
export function knownOf(session: MadeSession): readonly (readonly KnownEvent[])[] {
  return session.threads.map(({ events }) => inTime(events.map(seenEvent).filter(isKnown)))
}

/** Cases shrink as whole ones: fewer questions, fewer events, plainer events. */
class Shrinking extends fc.Arbitrary<Case> {
  readonly #cases: fc.Arbitrary<Case>

  constructor(cases: fc.Arbitrary<Case>) {
    super()
    this.#cases = cases
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<Case> {
    return new fc.Value(this.#cases.generate(random, bias).value_, undefined)
  }

  override canShrinkWithoutContext(value: unknown): value is Case {
    return typeof value === 'object' && value !== null && 'questions' in value
  }

  override shrink(value: Case): fc.Stream<fc.Value<Case>> {
    return fc.stream(simplerCases(value)).map((simpler) => new fc.Value(simpler, undefined))
  }
}
