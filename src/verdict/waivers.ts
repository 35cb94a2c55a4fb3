/** A known failure that someone owns until the end of a day. */
export interface Waiver {
  readonly requirement: string
  /** The one finding that is waived; without it, every finding of the requirement. */
  readonly fingerprint?: string
  /** Requirements that the failure blocks and that need not be judged while it is waived. */
  readonly covers?: readonly string[]
  readonly owner: string
  readonly reason: string
  readonly link?: string
  /** The last day on which it holds, `YYYY-MM-DD` in UTC. */
  readonly expires: string
}

/**
 * `used`: it covers a failure. `dormant`: its requirement is blocked, so nothing can be said of it. `unused`: nothing
 * fails that it covers. `expired`: its last day is over.
 */
export type WaiverState = 'used' | 'dormant' | 'unused' | 'expired'

/** A failing requirement. */
export interface WaivableFailure {
  readonly id: string
  readonly findings: readonly { readonly fingerprint: string }[]
}

/** A requirement that cannot be judged until others are met. */
export interface BlockedRequirement<Id extends string> {
  readonly id: Id
  readonly blockedBy: readonly string[]
}

/** The effect of all waivers on a run. */
export interface WaiverEffect<Id extends string = string> {
  /** For each requirement whose every finding is covered: the waivers that cover them. */
  readonly waived: ReadonlyMap<string, readonly Waiver[]>
  /** Requirements that a waived one blocks and that none of its waivers covers: they gate. */
  readonly uncovered: ReadonlySet<Id>
  /** The waiver of one finding, if there is one. */
  readonly waiverOf: (requirement: string, fingerprint: string) => Waiver | undefined
  readonly states: readonly { readonly waiver: Waiver; readonly state: WaiverState }[]
}

/**
 * Says which failures are waived. A failure with one finding that no waiver covers is not: a new failure of a
 * waived requirement gates.
 * @param today `YYYY-MM-DD` in UTC
 * @param blocked what cannot be judged, and why
 */
export function applyWaivers<Id extends string>(
  failures: readonly WaivableFailure[],
  waivers: readonly Waiver[],
  today: string,
  blocked: readonly BlockedRequirement<Id>[] = [],
): WaiverEffect<Id> {
  const valid = waivers.filter(({ expires }) => expires >= today)
  const waived = new Map<string, readonly Waiver[]>()
  for (const { id, findings } of failures) {
    const covering = findings.map((finding) =>
      valid.filter((waiver) => covers(waiver, id, finding.fingerprint)),
    )
    if (covering.length > 0 && covering.every((list) => list.length > 0))
      waived.set(id, [...new Set(covering.flat())])
  }
  const states = waivers.map((waiver) => {
    if (!valid.includes(waiver)) return { waiver, state: 'expired' as const }
    const matches = failures.some(({ id, findings }) =>
      findings.some(({ fingerprint }) => covers(waiver, id, fingerprint)),
    )
    if (matches) return { waiver, state: 'used' as const }
    const isBlocked = blocked.some(({ id }) => id === waiver.requirement)
    return { waiver, state: isBlocked ? ('dormant' as const) : ('unused' as const) }
  })
  const uncovered = blocked.filter(({ id, blockedBy }) =>
    blockedBy.some((blocker) => {
      const waivedBy = waived.get(blocker)
      return waivedBy !== undefined && !waivedBy.some((waiver) => waiver.covers?.includes(id))
    }),
  )
  const waiverOf = (id: string, fingerprint: string) =>
    valid.find((waiver) => covers(waiver, id, fingerprint))
  return { waived, states, waiverOf, uncovered: new Set(uncovered.map(({ id }) => id)) }
}

function covers(waiver: Waiver, id: string, fingerprint: string): boolean {
  return waiver.requirement === id && (waiver.fingerprint === undefined || waiver.fingerprint === fingerprint)
}
