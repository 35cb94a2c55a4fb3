import fc from 'fast-check'
import type { CheckContext } from '../../check-context.ts'
import { withLiveSession } from '../live-session.ts'
import { LivePlay, ScenarioFailure } from './live-play.ts'
import { type LiveModel, liveSteps, type Step } from './live-steps.ts'
import { shortestFailure } from './shortest-failure.ts'

/** One scenario for each of so many generated worlds. */
const worldsPerScenario = 2
/** How many shorter sequences are tried for one that fails. */
const mostTries = 60
/** An expired token is a wrong credential, and many of them may lock an account. */
const mostExpired = 1

/** A sequence of steps on a thread that begins with some events. */
interface Scenario {
  readonly initial: number
  readonly steps: readonly Step[]
}

/**
 * SSE-09 by generated sequences of steps: events of every kind are appended while streams open, resume and close, lists
 * are read, and the session is replaced and deleted. The same seed gives the same sequences. A failing one is shortened.
 */
export async function expectScenarios(
  t: CheckContext,
  abilities: Pick<LiveModel, 'filters' | 'lists' | 'mostStreams'>,
): Promise<void> {
  const { seed, runs } = t.state.controlAccess
  const expiredToken = t.state.tokens.expired
  let expired = expiredToken === undefined ? 0 : mostExpired
  const failureOf = async ({ initial, steps }: Scenario): Promise<ScenarioFailure | undefined> => {
    const model: LiveModel = { ...abilities, exists: true, events: initial, streams: 0, expired }
    try {
      await withLiveSession(t.state.controlAccess, { events: initial }, async (live) => {
        const play = new LivePlay(live, expiredToken)
        try {
          for (const step of steps) if (step.possible(model)) await step.act(model, play)
          await play.finish()
          // Without a stream that was followed to its end, nothing was judged.
          if (play.judged.length > 0) t.record(play.judged, undefined)
        } finally {
          play.close()
        }
      })
      return undefined
    } catch (error) {
      if (error instanceof ScenarioFailure) return error
      throw error
    } finally {
      expired = model.expired
    }
  }
  const scenarios = fc.sample(fc.record({ initial: fc.constantFrom(3, 0, 1, 20), steps: liveSteps() }), {
    seed,
    numRuns: Math.ceil(runs / worldsPerScenario),
  })
  for (const scenario of scenarios) {
    const failure = await failureOf(scenario)
    if (failure === undefined) continue
    const shortest = await shortestFailure(
      { value: scenario.steps, failure },
      (steps) => failureOf({ ...scenario, steps }),
      mostTries,
    )
    return tell(t, { ...scenario, steps: shortest.value }, shortest.failure, seed)
  }
}

function tell(
  t: CheckContext,
  { initial, steps }: Scenario,
  { id, finding }: ScenarioFailure,
  seed: number,
): void {
  const texts = steps.map(({ text }) => text).join('; ')
  const repeated = {
    ...finding,
    message: `${finding.message} Shortest sequence of steps (seed ${seed}), on a thread with ${initial} events: ${texts}.`,
  }
  if (id === 'SSE-09') t.record(repeated.exchanges, repeated)
  else t.attribute(id, repeated)
}
