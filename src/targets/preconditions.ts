import type { KnownEvent } from '../oracle/event.ts'
import { simultaneous } from '../oracle/order/inversion.ts'
import { judgeFlow, streamProblem } from '../oracle/stream/history-replay.ts'
import type { UnmetPrecondition } from '../record/unmet-precondition.ts'
import { SessionFixtures } from './session-fixtures.ts'
import type { TargetState } from './target-state.ts'

/** A condition on what is known of the target; answers with what is missing, or nothing. */
export type Precondition = (state: TargetState) => UnmetPrecondition | undefined

/** Requirements without which no event of a thread can be read. */
const readable = ['ENV-01', 'ENV-02', 'EVT-01', 'NEG-03'] as const
/** Requirements without which a thread is not read to its end. */
const paging = ['PAG-03', 'PAG-02'] as const
const longerThread = 'Point CONFORMANCE_THREAD_ID to a thread with more events.'

/** A thread whose events are known. */
export const thread: Precondition = ({ thread, threadProblem }) => {
  if (thread === undefined)
    return {
      missing: threadProblem ?? 'a thread: none was configured or found',
      provide: 'Set CONFORMANCE_SESSION_ID and CONFORMANCE_THREAD_ID to a thread that the token may read.',
    }
  if (thread.problem !== undefined)
    return {
      missing: `a readable list of the thread: ${thread.problem}`,
      provide: 'See ENV-01 and INP-04 first: lists cannot be judged until the plain list works.',
      blockedBy: ['NEG-03', 'ENV-01', 'ENV-02', 'INP-04'],
    }
  return undefined
}

/** A thread whose events can be told apart by their ids. */
const distinctEvents: Precondition = (state) => {
  const problem = thread(state)
  const shared = state.thread?.sharedId
  if (problem !== undefined || shared === undefined) return problem
  return {
    missing: `unambiguous ids: two events of the thread share ${shared}`,
    provide: 'See EVT-02 first: positions cannot be judged while ids are shared.',
    blockedBy: ['EVT-02'],
  }
}

/** A target in which sessions can be made through the control protocol. */
export const control: Precondition = ({ controlAccess }) =>
  controlAccess.sessionFixtures instanceof SessionFixtures ? undefined : controlAccess.sessionFixtures

/** At least `least` known events in the thread. */
export function events(least: number): Precondition {
  return (state) => {
    const problem = distinctEvents(state)
    if (problem !== undefined) return problem
    const count = state.thread?.events.length ?? 0
    return count >= least ? undefined : tooFewEvents(state, `a thread with at least ${least} events`)
  }
}

/**
 * What is missing where a thread has too few events.
 * A thread that was not read to its end may have enough: then the requirements of paging block the judgement.
 */
export function tooFewEvents({ thread }: TargetState, needed: string): UnmetPrecondition {
  const count = thread?.events.length ?? 0
  if (count > 0 && thread?.complete === false && !thread.sampled)
    return {
      missing: `${needed} (only ${count} events of this one could be read)`,
      provide: 'See PAG-03 and PAG-02 first: paging stopped before the end of the thread.',
      blockedBy: paging,
    }
  return {
    missing: `${needed} (this one has ${count})`,
    provide: longerThread,
    ...(count === 0 ? { blockedBy: readable } : {}),
  }
}

/** A thread that was read to its end. */
export const wholeThread: Precondition = (state) => {
  const problem = distinctEvents(state)
  if (problem !== undefined || state.thread?.complete === true) return problem
  return {
    missing: `the whole thread: only its first ${state.thread?.events.length ?? 0} events were read`,
    provide: 'Raise CONFORMANCE_MAX_EVENTS, or see PAG-03 and PAG-05 if paging stopped early.',
    blockedBy: state.thread?.sampled === true ? [] : paging,
  }
}

/** At least `least` different event types in the thread. */
export function types(least: number): Precondition {
  return (state) => {
    const problem = distinctEvents(state)
    if (problem !== undefined) return problem
    const count = new Set(state.thread?.events.map((event) => event.type)).size
    if (count >= least) return undefined
    return {
      missing: `a thread with at least ${least} event types (this one has ${count})`,
      ...(count === 0 ? { blockedBy: readable } : {}),
      provide: 'Point CONFORMANCE_THREAD_ID to a thread with events of several types.',
    }
  }
}

/** Two neighbouring events with the same timestamp. */
export const equalTimestamps: Precondition = (state) => {
  const problem = distinctEvents(state)
  if (problem !== undefined) return problem
  const list: readonly KnownEvent[] = state.thread?.events ?? []
  const found = list.some((event, at) => {
    const next = list[at + 1]
    return next !== undefined && simultaneous(event, next)
  })
  if (found) return undefined
  return {
    missing: 'two neighbouring events with the same created_at',
    blockedBy: ['EVT-01', 'EVT-05'],
    provide: 'Point CONFORMANCE_THREAD_ID to a thread in which events were created at the same instant.',
  }
}

/** Another thread of the session with at least one event. */
export const sibling: Precondition = (state) => {
  const problem = distinctEvents(state)
  if (problem !== undefined) return problem
  if ((state.sibling?.events.length ?? 0) > 0) return undefined
  return {
    missing: 'another thread of the same session with events',
    provide: 'Set CONFORMANCE_SIBLING_THREAD_ID.',
  }
}

/** A thread in another session. */
export const otherSession: Precondition = (state) =>
  state.other !== undefined
    ? undefined
    : {
        missing: 'a thread of another session',
        provide: 'Set CONFORMANCE_OTHER_SESSION_ID and CONFORMANCE_OTHER_THREAD_ID.',
      }

/** A session and a thread to name in a path, whether or not the thread could be read. */
export const address: Precondition = ({ sessionId, threadId, threadProblem }) =>
  sessionId !== undefined && threadId !== undefined
    ? undefined
    : {
        missing: threadProblem ?? 'the ids of a session and a thread',
        provide: 'Set CONFORMANCE_SESSION_ID and CONFORMANCE_THREAD_ID.',
      }

/** An expired token. */
export const expiredToken: Precondition = ({ tokens }) =>
  tokens.expired !== undefined
    ? undefined
    : {
        missing: 'an expired token',
        provide: 'Set CONFORMANCE_EXPIRED_TOKEN, or implement POST /tokens of the control protocol.',
      }

/** A valid token of a tenant that does not own the session. */
export const otherTenantToken: Precondition = ({ tokens }) =>
  tokens.otherTenant !== undefined
    ? undefined
    : {
        missing: 'a token of another tenant',
        provide: 'Set CONFORMANCE_OTHER_TENANT_TOKEN, or implement POST /tokens of the control protocol.',
      }

/** A stream that opens at all. */
export const opens: Precondition = (state) => {
  const lack = thread(state)
  if (lack !== undefined) return lack
  const problem = state.stream === undefined ? 'none was opened' : streamProblem(state.stream.exchange)
  if (problem === undefined) return undefined
  return {
    missing: `an event stream: ${problem}`,
    provide: 'See NEG-01 and SSE-01 first: streams cannot be judged until one opens.',
    blockedBy: ['NEG-01', 'SSE-20', 'SSE-01', 'INP-04'],
  }
}

/** A stream that delivers what it has while it is open. */
export const flowing: Precondition = ({ stream }) =>
  stream === undefined || judgeFlow(stream) === undefined
    ? undefined
    : {
        missing: 'a stream that delivers its frames while it is open',
        provide: 'See SSE-08 first: frames that do not arrive cannot be judged.',
        blockedBy: ['SSE-08'],
      }
