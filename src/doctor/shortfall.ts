import type { RequirementId } from '../contract/catalogue.ts'
import type { UnmetPrecondition } from '../record/unmet-precondition.ts'
import type { AskingCheck, Spec } from '../spec-dsl/spec-items.ts'
import type { TargetState } from '../targets/target-state.ts'

/** Requirements that a run could not judge for one reason. */
export interface Shortfall extends UnmetPrecondition {
  readonly requirements: readonly RequirementId[]
}

/** What a run would leave inconclusive, as far as the needs of its checks tell. No check is run. */
export function shortfalls(specs: readonly Spec[], only: readonly string[], state: TargetState): Shortfall[] {
  const byReason = new Map<string, Shortfall>()
  for (const { id, needs } of wanted(specs, only)) {
    const lack = needs.map((need) => need(state)).find((missing) => missing !== undefined)
    if (lack === undefined) continue
    const key = `${lack.missing}\n${lack.provide}`
    byReason.set(key, { ...lack, requirements: [...(byReason.get(key)?.requirements ?? []), id] })
  }
  return [...byReason.values()]
}

function wanted(specs: readonly Spec[], only: readonly string[]): AskingCheck[] {
  return specs.flatMap(({ area, items }) =>
    items
      .filter((item): item is AskingCheck => item.kind === 'asking')
      .filter(({ id }) => only.length === 0 || only.includes(id) || only.includes(area)),
  )
}
