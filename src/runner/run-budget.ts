import type { RequirementId } from '../contract/catalogue.ts'
import type { Obstacle } from '../record/obstacle.ts'
import { nothingJudged } from '../verdict/attribution-input.ts'
import type { Outcome } from '../verdict/outcome.ts'
import type { Exchange } from '../wire/exchange.ts'
import type { RunPlan } from './run-plan.ts'
import type { SpecRun } from './run-specs.ts'

/** What a run may cost, in time and in bytes, and whoever may stop it before. */
export interface RunBudget {
  /** Aborted when the run is to end: every request that is under way then ends too. */
  readonly signal: AbortSignal
  /** Why the run was ended before it was over, where that is so. */
  readonly ended: Obstacle | undefined
  /** Resolves when the run is ended before it is over. */
  readonly over: Promise<Obstacle>
  /** Ends the run because the token stopped working after this many requests. */
  tokenLost(requests: number): void
  /** Ends the run because the target went down; `seen` says how it shows. */
  outage(seen: string): void
  /** Takes from the bytes of the run what an answer brought. */
  spend(exchange: Exchange): void
  /** Uses the last requests of the run, before those that wait. */
  readonly useLastRequests: () => Promise<void>
  /** Says how the last requests are used best. */
  onFewRequestsLeft(use: () => Promise<void>): void
  /** Ends the run because its requests are used up. */
  readonly exhaust: () => void
  /** Ends the run because a requirement failed, which is all that was asked of it. */
  readonly failFast: (id: RequirementId) => void
  /** To be called when the run is over. */
  close(): void
}

/**
 * Starts the time of a run.
 * @param bounds how long it may take, in milliseconds, and how much it may read in all
 * @param stop the signal of someone who may stop it before
 */
export function openBudget(
  {
    runTimeoutMs,
    maxRunBytes,
    maxRequests = 0,
  }: Pick<RunPlan, 'runTimeoutMs' | 'maxRunBytes' | 'maxRequests'>,
  stop?: AbortSignal,
): RunBudget {
  let bytes = 0
  const abort = new AbortController()
  let ended: Obstacle | undefined
  let useLast = () => Promise.resolve()
  let resolve: (why: Obstacle) => void = () => undefined
  const over = new Promise<Obstacle>((settle) => {
    resolve = settle
  })
  const end = (why: Obstacle) => {
    if (ended !== undefined) return
    ended = why
    // Before the requests learn of it, so that nothing is judged by an answer that was not waited for.
    resolve(why)
    abort.abort()
  }
  const timer = setTimeout(() => end(timeIsOver(runTimeoutMs)), runTimeoutMs)
  const stopped = () => end(wasStopped)
  stop?.addEventListener('abort', stopped)
  if (stop?.aborted === true) stopped()
  return {
    signal: abort.signal,
    get ended() {
      return ended
    },
    over,
    tokenLost: (requests) => end(tokenStopped(requests)),
    outage: (seen) => end(targetDown(seen)),
    spend({ response, stream }) {
      const text = response?.body.length ?? 0
      const frames = stream?.frames.reduce((sum, { data }) => sum + data.length, 0) ?? 0
      // Compressed on the wire, it still takes its whole room here.
      bytes += Math.max(response?.bytes ?? 0, text, frames)
      if (bytes > maxRunBytes) end(tooMuchRead(maxRunBytes))
    },
    useLastRequests: () => useLast(),
    onFewRequestsLeft(use) {
      useLast = use
    },
    exhaust: () => end(requestsUsed(maxRequests)),
    failFast: (id) => end(failedFast(id)),
    close() {
      clearTimeout(timer)
      stop?.removeEventListener('abort', stopped)
    },
  }
}

/**
 * The run under its budget: when the budget ends, what was asked so far is judged, and the rest is inconclusive.
 */
export function withinBudget(run: SpecRun, { over }: Pick<RunBudget, 'over'>): SpecRun {
  const early = over.then(({ problem, advice, concerns }) =>
    run.judgeSoFar({ missing: problem.replace(/\.$/, ''), provide: advice }, concerns === 'requests'),
  )
  const outcomes = Promise.race([run.outcomes, early.then((judged) => judged.outcomes)])
  return {
    ...run,
    checked: (id) => Promise.race([run.checked(id), over.then(() => undefined)]),
    outcome: async (id) => {
      const known = await Promise.race([run.outcome(id), outcomes])
      if (!Array.isArray(known)) return known
      return known.find((outcome) => outcome.id === id) ?? run.outcome(id)
    },
    attribution: Promise.race([run.attribution, early.then((judged) => judged.attribution)]),
    outcomes,
    generated: Promise.race([run.generated, over.then(() => undefined)]),
    observations: Promise.race([run.observations, over.then(() => [])]),
  }
}

/** How long work may go on after the end of a run, which stops every request: then it is left behind. */
const graceMs = 3_000

/**
 * The result of work that the end of the run should end too.
 * @returns `undefined` if it goes on regardless
 */
export async function beforeGraceEnds<T>(work: Promise<T>, over: Promise<unknown>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  let done = false
  const late = over.then(
    () =>
      new Promise<undefined>((resolve) => {
        if (!done) timer = setTimeout(() => resolve(undefined), graceMs)
      }),
  )
  try {
    return await Promise.race([work, late])
  } finally {
    done = true
    clearTimeout(timer)
  }
}

/** A run that ended before any check started. */
export function endedRun(ids: readonly RequirementId[], why: Obstacle): SpecRun {
  const outcomes = ids.map((id) => endedEarly(id, why))
  return {
    outcome: (id) => Promise.resolve(endedEarly(id, why)),
    observation: () => Promise.resolve(undefined),
    generated: Promise.resolve(undefined),
    checked: () => Promise.resolve(),
    attribution: Promise.resolve(nothingJudged),
    judgeSoFar: () => ({ outcomes, attribution: nothingJudged }),
    useLastRequests: () => Promise.resolve(),
    firstFailure: () => Promise.resolve(undefined),
    outcomes: Promise.resolve(outcomes),
    observations: Promise.resolve([]),
  }
}

const wasStopped: Obstacle = {
  problem: 'The run was stopped before everything was judged; this report is partial.',
  advice: 'Run again for a complete verdict.',
}

function requestsUsed(maxRequests: number): Obstacle {
  return {
    problem: `The request budget of ${maxRequests} is used up.`,
    advice: 'Raise --max-requests to judge the rest.',
    concerns: 'requests',
  }
}

function failedFast(id: RequirementId): Obstacle {
  return {
    problem: `The run stopped because ${id} failed.`,
    advice: 'Run without --fail-fast to judge the rest.',
    concerns: 'requests',
  }
}

function tokenStopped(requests: number): Obstacle {
  return {
    problem: `The token stopped working after ${requests} requests: the basic list now returns 401.`,
    advice: 'Set CONFORMANCE_TOKEN to a token that stays valid for the whole run, and run again.',
  }
}

function targetDown(seen: string): Obstacle {
  return {
    problem: `The target went down during the run: the basic list, which it returned before, gets no response (${seen}).`,
    advice: 'Find out why the target or its gateway stopped, and run again.',
  }
}

function timeIsOver(timeoutMs: number): Obstacle {
  return {
    problem: `The run reached its time budget of ${timeoutMs} ms before everything was judged.`,
    advice: 'Find out why the target is slow, or raise CONFORMANCE_RUN_TIMEOUT_MS to judge the rest.',
    concerns: 'time',
  }
}

function tooMuchRead(maxRunBytes: number): Obstacle {
  return {
    problem: `The run reached its budget of ${maxRunBytes} bytes before everything was judged.`,
    advice:
      'To judge the rest, point CONFORMANCE_THREAD_ID to a thread with smaller events, or raise CONFORMANCE_MAX_RUN_BYTES.',
  }
}

function endedEarly(id: RequirementId, { problem, advice }: Obstacle): Outcome {
  const reason = problem.replace(/\.$/, '')
  return { id, verdict: 'inconclusive', judged: 0, findings: [], reason, provide: advice }
}
