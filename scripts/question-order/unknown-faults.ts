import { isRequirementId } from '../../src/contract/catalogue.ts'

/** The check or open question that a question belongs to. */
export const checkOf = (question: string) => question.slice(0, question.lastIndexOf(' '))

/** Whether a question is a request that screens for several cases. */
export const isScreen = (question: string) => /s\d+$/.test(question)

/** What requests show a fault as a group: a check, a single screen, or the preparation. */
type Group = string
const preparation: Group = 'preparation'

/** A kind of faults that nobody thought of. */
interface Kind {
  /** For each group that shows it, how many of its requests do. */
  readonly shownBy: ReadonlyMap<Group, number>
  /** How many faults of this kind are expected that no request has shown yet. */
  expected: number
}

/** How likely a screen, or the preparation, shows a fault that resembles one that it is known to show. */
const likely = 0.9

/** The faults that resemble no known one: how many are expected for each check and screen, and the share of the requests of a check that show them. */
const prior = { ofCheck: 0.5, share: 0.5, ofScreen: 4 }

/** The requests of a run: the questions that each answers, which ones are made for the preparation, and how faults show. */
interface ShownFaults {
  readonly requests: readonly (readonly string[])[]
  readonly isPrepared: (request: number) => boolean
  /** For each known fault, the requests that show it, each with its share where several show it together. */
  readonly known: readonly ReadonlyMap<number, number>[]
  /** Whether the preparation shows a known fault. */
  readonly isShownFirst: (fault: number) => boolean
}

/**
 * Estimates how many faults that nobody thought of a request shows that no earlier request has shown. Each known fault
 * stands for unknown ones that the same checks show, by as many of their requests, but not by the same ones. What a screen
 * or the preparation shows, it is likely to show of similar faults too, because it combines many cases.
 */
export class UnknownFaults {
  readonly #groups: readonly (readonly Group[])[]
  readonly #size = new Map<Group, number>()
  readonly #sent = new Map<Group, number>()
  readonly #kinds = new Map<Group, Kind[]>()

  constructor({ requests, isPrepared, known, isShownFirst }: ShownFaults) {
    this.#groups = requests.map((questions, request) =>
      isPrepared(request) ? [preparation] : groupsOf(questions),
    )
    for (const group of this.#groups.flat()) this.#size.set(group, (this.#size.get(group) ?? 0) + 1)
    for (const [fault, shown] of known.entries()) {
      const shownBy = new Map<Group, number>(isShownFirst(fault) ? [[preparation, 1]] : [])
      for (const [request, share] of shown)
        for (const group of this.#groups[request] ?? []) shownBy.set(group, (shownBy.get(group) ?? 0) + share)
      this.#add({ shownBy, expected: 1 })
    }
    for (const [group, size] of this.#size) {
      if (group === preparation) continue
      const [requestsThatShow, expected] = isScreen(group)
        ? [1, prior.ofScreen]
        : [prior.share * size, prior.ofCheck]
      this.#add({ shownBy: new Map([[group, requestsThatShow]]), expected })
    }
    for (const kind of this.#kinds.get(preparation) ?? []) kind.expected *= 1 - likely
  }

  /** How many faults a request is expected to show first. */
  shownFirstBy(request: number): number {
    const unshown = new Map<Kind, number>()
    for (const group of this.#groups[request] ?? [])
      for (const kind of this.#kinds.get(group) ?? [])
        unshown.set(kind, (unshown.get(kind) ?? 1) * this.#unshown(kind, group))
    return [...unshown].reduce((sum, [kind, share]) => sum + kind.expected * (1 - share), 0)
  }

  /** Notes that a request is sent. */
  send(request: number): void {
    for (const group of this.#groups[request] ?? []) {
      if (group === preparation) continue
      for (const kind of this.#kinds.get(group) ?? []) kind.expected *= this.#unshown(kind, group)
      this.#sent.set(group, (this.#sent.get(group) ?? 0) + 1)
    }
  }

  #add(kind: Kind): void {
    for (const group of kind.shownBy.keys()) this.#kinds.set(group, [...(this.#kinds.get(group) ?? []), kind])
  }

  // The share of a kind that the next request of a group does not show.
  #unshown({ shownBy }: Kind, group: Group): number {
    const showing = shownBy.get(group) ?? 0
    if (isScreen(group)) return 1 - likely * Math.min(1, showing)
    const left = (this.#size.get(group) ?? 0) - (this.#sent.get(group) ?? 0)
    return Math.max(0, 1 - showing / Math.max(1, left))
  }
}

// A request that answers a question of a check too is no more than that.
function groupsOf(questions: readonly string[]): Group[] {
  const groups = questions.map((question) => (isScreen(question) ? question : checkOf(question)))
  return [...new Set(groups)].filter((group) => isScreen(group) || isRequirementId(group))
}
