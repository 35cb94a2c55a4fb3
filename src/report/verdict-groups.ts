import { isFlaky, reproductionOf } from '../verdict/reproduction.ts'
import type { ReportedCause } from './causes.ts'
import type { Report, ReportedRequirement } from './model.ts'

/** Failures that did not occur in every attempt, with their rate. */
export function flakyFailures({
  requirements,
}: Report): { readonly requirement: ReportedRequirement; readonly rate: string }[] {
  return requirements.filter(isFlaky).map((requirement) => {
    const rate = reproductionOf(requirement.reproduced)
    return { requirement, rate: `${rate?.failed} of ${rate?.attempts}` }
  })
}

/** Requirements that were not judged for the same reason, without those that a cause blocks. */
export interface OpenGroup {
  readonly ids: readonly string[]
  readonly reason: string
  readonly provide: string
}

/** What was not judged, grouped by reason. Blocked requirements are listed under their cause instead. */
export function openGroups({ requirements, causes }: Report): OpenGroup[] {
  const listed = new Set(causes.flatMap(({ blocked }) => blocked))
  const groups = new Map<string, OpenGroup>()
  for (const { id, verdict, reason = '', provide = '' } of requirements) {
    if (verdict !== 'inconclusive' || listed.has(id)) continue
    const key = `${reason}\n${provide}`
    groups.set(key, { ids: [...(groups.get(key)?.ids ?? []), id], reason, provide })
  }
  return [...groups.values()]
}

/** Why requirements were not judged, as a clause: `needs an expired token`. A reason that is a sentence stays one. */
export function reasonText(reason: string): string {
  return /^(?!https?:|blocked |not )[a-z]/.test(reason) ? `needs ${reason}` : reason
}

/** The requirements that a cause blocks, those of no other cause first, each with the other causes by number. */
export function blockedByCause(
  cause: ReportedCause,
  causes: readonly ReportedCause[],
): {
  readonly only: readonly string[]
  readonly also: readonly (readonly [ids: string[], causes: number[]])[]
} {
  const others = causes.flatMap((one, at) =>
    one === cause ? [] : [{ number: at + 1, blocked: one.blocked }],
  )
  const also = new Map<string, readonly [ids: string[], causes: number[]]>()
  const only: string[] = []
  for (const id of cause.blocked) {
    const numbers = others.filter(({ blocked }) => blocked.includes(id)).map(({ number }) => number)
    if (numbers.length === 0) only.push(id)
    else {
      const known = also.get(numbers.join())
      if (known === undefined) also.set(numbers.join(), [[id], numbers])
      else known[0].push(id)
    }
  }
  return { only, also: [...also.values()] }
}

/** The blocked requirements of a cause as text: `PAG-05 PAG-07, ISO-03 FLT-05 (also by 3)`. */
export function blockedText(cause: ReportedCause, causes: readonly ReportedCause[]): string {
  const { only, also } = blockedByCause(cause, causes)
  return [
    ...(only.length === 0 ? [] : [only.join(' ')]),
    ...also.map(([ids, numbers]) => `${ids.join(' ')} (also by ${numbers.join(', ')})`),
  ].join(', ')
}
