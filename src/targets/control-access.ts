import type { Revision } from '../contract/revisions/revision.ts'
import type { RunRecorder } from '../record/run-recorder.ts'
import type { UnmetPrecondition } from '../record/unmet-precondition.ts'
import type { WireClient } from '../wire/client.ts'
import type { SecretRegistry } from '../wire/secrets.ts'
import { controlRefusal, openControl } from './control-client.ts'
import { RouteClient, type SeparatePurpose } from './route-client.ts'
import { SessionFixtures } from './session-fixtures.ts'
import type { Target } from './target.ts'

/** The means to judge data of the suite's own making. */
export interface ControlAccess {
  /** Makes sessions in the target; why it cannot, where that is so. */
  readonly sessionFixtures: SessionFixtures | UnmetPrecondition
  /** A client that shares no exchanges: each is judged where it is made. */
  routeClient(purpose: SeparatePurpose): RouteClient
  /** What the generators begin with: the same seed gives the same data. */
  readonly seed: number
  /** How many worlds are generated, and how many queries for each of them about the thread that was there. */
  readonly runs: number
  /** How many requests may be under way at once. */
  readonly concurrency: number
  /** The first control request that failed, in one clause. */
  readonly controlFailure: () => string | undefined
  /** A token of that state, made by the control protocol; `undefined` where it makes none. The caller hides it. */
  token(state: 'expired' | 'other_tenant'): Promise<string | undefined>
  /** Takes away what was made. */
  close(): Promise<void>
}

/** What decides whether and how the control protocol is used. */
export interface ControlSettings {
  readonly target: Target
  /** Whether the control protocol may be used on another host. */
  readonly ownsTarget: boolean
  readonly timeoutMs: number
  readonly seed: number
  readonly runs: number
  readonly concurrency: number
  /** The revision by which the target is judged; by default the default one. */
  readonly revision?: Revision | undefined
}

/** Opens the control protocol where the target has one that may be used. */
export function openControlAccess(
  plan: ControlSettings,
  client: WireClient,
  secrets: SecretRegistry,
  recorder: RunRecorder,
): ControlAccess {
  const { target, seed, runs, timeoutMs, concurrency } = plan
  const refusal = controlRefusal(target, plan.ownsTarget)
  const control =
    refusal === undefined ? openControl(target, timeoutMs, (text) => secrets.redact(text)) : undefined
  const sessionFixtures = control === undefined ? undefined : new SessionFixtures(control, recorder)
  return {
    sessionFixtures: sessionFixtures ?? (refusal === undefined ? noControl : refused(refusal)),
    routeClient: (purpose) => new RouteClient(client, secrets, purpose, plan.revision),
    seed,
    runs,
    concurrency,
    controlFailure: () => sessionFixtures?.failure,
    token: async (state) =>
      control === undefined ? undefined : sessionFixtures?.noted(control.token(state)),
    async close() {
      await sessionFixtures?.removeAll()
      await control?.close()
    },
  }
}

const noControl: UnmetPrecondition = {
  missing: 'a control URL',
  provide: 'Set CONFORMANCE_CONTROL_URL if the target has the control routes (docs/control-protocol.md).',
}

function refused(why: string): UnmetPrecondition {
  return {
    missing: `a target that may be filled with data: ${why}`,
    provide: 'Pass --i-own-this-target if the suite may create and remove sessions there.',
  }
}
