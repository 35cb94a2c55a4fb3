import { controlRefusal, openControl } from '../target/control.ts'
import type { WireClient } from '../wire/client.ts'
import type { SecretRegistry } from '../wire/secrets.ts'
import { type Apart, Asker } from './asker.ts'
import type { Witness } from './evidence.ts'
import type { Missing } from './needs.ts'
import type { Plan } from './plan.ts'
import { SessionKeeper } from './session-keeper.ts'

/** The means to judge data of the suite's own making. */
export interface Lab {
  /** Makes sessions in the target; why it cannot, where that is so. */
  readonly keeper: SessionKeeper | Missing
  /** An asker without memory, whose exchanges are judged where they are made. */
  asker(purpose: Apart): Asker
  /** What the generators begin with: the same seed gives the same data. */
  readonly seed: number
  /** How many worlds are generated, and how many queries for each of them about the thread that was there. */
  readonly runs: number
  /** How many requests may be under way at once. */
  readonly concurrency: number
  /** The first control request that failed, in one clause. */
  readonly controlFailure: () => string | undefined
  /** Takes away what was made. */
  close(): Promise<void>
}

/** Opens the control protocol where the target has one that may be used. */
export function openLab(plan: Plan, client: WireClient, secrets: SecretRegistry, witness: Witness): Lab {
  const { target, seed, runs, timeoutMs, concurrency } = plan
  const refusal = controlRefusal(target, plan.ownsTarget)
  const control =
    refusal === undefined ? openControl(target, timeoutMs, (text) => secrets.redact(text)) : undefined
  const keeper = control === undefined ? undefined : new SessionKeeper(control, witness)
  return {
    keeper: keeper ?? (refusal === undefined ? noControl : refused(refusal)),
    asker: (purpose) => new Asker(client, secrets, purpose),
    seed,
    runs,
    concurrency,
    controlFailure: () => keeper?.failure,
    async close() {
      await keeper?.removeAll()
      await control?.close()
    },
  }
}

const noControl: Missing = {
  missing: 'a target that can be filled with data: no control URL is configured',
  provide:
    'Set CONFORMANCE_CONTROL_URL, if the target has the control routes; the README says what these are.',
}

function refused(why: string): Missing {
  return {
    missing: `a target that may be filled with data: ${why}`,
    provide:
      'Say --i-own-this-target if the sessions that the suite makes there, and removes again, do no harm.',
  }
}
