import type { ControlAccess } from './control-access.ts'
import type { RouteClient } from './route-client.ts'
import type { TargetState } from './target-state.ts'

/** Access to a target that the suite cannot fill with data. */
export function noControlAccess(routeClient: () => RouteClient): ControlAccess {
  return {
    sessionFixtures: { missing: 'a control URL of any kind', provide: 'Set CONFORMANCE_CONTROL_URL.' },
    routeClient,
    seed: 1,
    runs: 0,
    concurrency: 8,
    controlFailure: () => undefined,
    token: () => Promise.resolve(undefined),
    close: () => Promise.resolve(),
  }
}

/** A target of which nothing is known but the token. */
export function unknownTarget(controlAccess: ControlAccess): TargetState {
  return {
    controlAccess,
    sessionId: undefined,
    threadId: undefined,
    thread: undefined,
    threadProblem: undefined,
    stream: undefined,
    sibling: undefined,
    other: undefined,
    capabilities: [],
    tokens: { active: 'pat_of_nobody', expired: undefined, otherTenant: undefined },
  }
}
