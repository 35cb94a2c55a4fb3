import { specs } from '../../specs/index.ts'
import { worldOfSize } from '../reference/world/worlds.ts'
import { startRun } from '../runner/conformance-run.ts'
import type { RunPlan } from '../runner/run-plan.ts'
import { embeddedTarget } from '../targets/embedded-target.ts'
import type { TargetState } from '../targets/target-state.ts'

/**
 * How many requests a run with this plan would make: counted in a run against the embedded server, with threads as long
 * as those of the target. Nothing is sent to the target. An estimate, because the target's data differs
 * and the embedded server never needs a retry.
 */
export async function estimateRequests(
  plan: RunPlan,
  { thread, sibling, other, tokens }: TargetState,
): Promise<number> {
  const world = worldOfSize({
    // A thread that was read in part is longer than what was read.
    events: (thread?.events.length ?? 0) + (thread?.sampled === true ? 1 : 0),
    ...(sibling === undefined ? {} : { sibling: sibling.events.length }),
    ...(other === undefined ? {} : { other: 1 }),
  })
  const { target, close } = await embeddedTarget({ world, revision: plan.revision?.name })
  try {
    const [session] = world.sessions
    const sameMeans = {
      ...target,
      expiredToken: tokens.expired === undefined ? undefined : target.expiredToken,
      otherTenantToken: tokens.otherTenant === undefined ? undefined : target.otherTenantToken,
      controlUrl: plan.target.controlUrl === undefined ? undefined : target.controlUrl,
      ids: { ...target.ids, sessionId: session?.id, threadId: session?.threads[0]?.id },
    }
    const { record } = await startRun({ ...plan, target: sameMeans, maxRps: undefined }, specs)
    return (await record).traffic.requests
  } finally {
    await close()
  }
}
