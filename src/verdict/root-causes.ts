import { isFlaky } from './reproduction.ts'

/** What root causes are found from. */
export interface JudgedRequirement {
  readonly id: string
  readonly level: string
  readonly verdict: string
  readonly reproduced?: string
  readonly blocked_by?: readonly string[]
}

/** Failing requirements that have one cause, and the requirements that cannot be judged until it is fixed. */
export interface RootCause {
  readonly requirements: readonly string[]
  readonly blocked: readonly string[]
  /** Set where a waiver covers all of it. */
  readonly waived?: true
}

/**
 * Groups failures by cause. The cause that blocks most is first, waived ones are last. A flaky failure is not a cause.
 * @param requirements in the order of the catalogue
 * @param together requirements that have one cause where more than one of them fails
 * @param first requirements whose cause precedes others that block as much, the most telling first
 */
export function rootCauses(
  requirements: readonly JudgedRequirement[],
  together: readonly (readonly string[])[],
  first: readonly string[] = [],
): RootCause[] {
  const failing = requirements.filter(
    (one) => (one.verdict === 'fail' || one.verdict === 'waived') && !isFlaky(one),
  )
  const groups: JudgedRequirement[][] = []
  for (const one of failing) {
    const known = groups.find(([first]) => first !== undefined && areTogether(first, one, together))
    if (known === undefined) groups.push([one])
    else known.push(one)
  }
  const causes = groups.map((group): RootCause & { readonly must: boolean } => {
    const ids = group.map(({ id }) => id)
    return {
      requirements: ids,
      blocked: requirements
        .filter(({ blocked_by = [] }) => blocked_by.some((blocker) => ids.includes(blocker)))
        .map(({ id }) => id),
      ...(group.every(({ verdict }) => verdict === 'waived') ? { waived: true } : {}),
      must: group.some(({ level }) => level === 'MUST'),
    }
  })
  const rank = ({ requirements: own }: RootCause) => {
    const at = first.findIndex((id) => own.includes(id))
    return at === -1 ? first.length : at
  }
  return causes
    .toSorted(
      (a, b) =>
        Number(a.waived ?? false) - Number(b.waived ?? false) ||
        b.blocked.length - a.blocked.length ||
        Number(b.must) - Number(a.must) ||
        rank(a) - rank(b),
    )
    .map(({ must: _must, ...cause }) => cause)
}

// A waived failure is fixed by its owner, so it is not part of the group that has to be fixed now.
function areTogether(
  one: JudgedRequirement,
  other: JudgedRequirement,
  together: readonly (readonly string[])[],
): boolean {
  return (
    one.verdict === other.verdict && together.some((ids) => ids.includes(one.id) && ids.includes(other.id))
  )
}
