/** A known failure that someone answers for until the end of a day. */
export interface Waiver {
  readonly requirement: string
  /** Of the one finding that is waived; without it, every finding of the requirement. */
  readonly fingerprint?: string
  readonly owner: string
  readonly reason: string
  readonly link?: string
  /** The last day on which it holds, `YYYY-MM-DD` in UTC. */
  readonly expires: string
}

/** `used`: it covers a failure. `unused`: nothing fails that it covers. `expired`: it covers nothing any more. */
export type WaiverState = 'used' | 'unused' | 'expired'

/** What a failed requirement is judged by here. */
export interface WaivableFailure {
  readonly id: string
  readonly findings: readonly { readonly fingerprint: string }[]
}

/** The effect of all waivers on a run. */
export interface WaiverEffect {
  /** For each requirement whose every finding is covered: the waivers that cover them. */
  readonly waived: ReadonlyMap<string, readonly Waiver[]>
  /** Who answers for one way of failing, where someone does. */
  readonly waiverOf: (requirement: string, fingerprint: string) => Waiver | undefined
  readonly states: readonly { readonly waiver: Waiver; readonly state: WaiverState }[]
}

/**
 * Says which failures are waived. A failure with one finding that no waiver covers is not: a new failure of a
 * waived requirement gates.
 * @param today `YYYY-MM-DD` in UTC
 */
export function applyWaivers(
  failures: readonly WaivableFailure[],
  waivers: readonly Waiver[],
  today: string,
): WaiverEffect {
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
    return { waiver, state: matches ? ('used' as const) : ('unused' as const) }
  })
  const waiverOf = (id: string, fingerprint: string) =>
    valid.find((waiver) => covers(waiver, id, fingerprint))
  return { waived, states, waiverOf }
}

function covers(waiver: Waiver, id: string, fingerprint: string): boolean {
  return waiver.requirement === id && (waiver.fingerprint === undefined || waiver.fingerprint === fingerprint)
}
