/** Which requests show a fault: any of these sets, each with the questions whose answers it takes. */
export interface Exposure {
  readonly fault: string
  readonly sets: readonly (readonly string[])[]
}

/** Requests of a run: the questions that each answers. What prepares a run answers none, and comes first. */
export type Requests = readonly (readonly string[])[]

/** How many times over the faults are covered before the rest follows in the order of the specs. */
const rounds = 3

/** How many faults a first request of another check is worth. */
const noveltyWeight = 1

/**
 * Orders requests by how many faults each one shows that those before it do not show, per request (the greedy cover).
 * Each further round covers every fault once more, so that one kind of request does not stand alone for a fault.
 */
export function greedyOrder(requests: Requests, exposures: readonly Exposure[]): number[] {
  const places = placesOf(requests)
  const sets = exposures.map((exposure) => requestSets(exposure, places))
  const chosen = new Set<number>()
  const order: number[] = []
  const take = (request: number) => {
    if (chosen.has(request)) return
    chosen.add(request)
    order.push(request)
  }
  const checks = requests.map((questions) => [...new Set(questions.map(checkOf))])
  const asked = new Map<string, number>()
  // A fault that nobody thought of most likely shows in a check of which little was asked.
  const novelty = (request: number) =>
    Math.max(0, ...(checks[request] ?? []).map((check) => 1 / Math.sqrt(1 + (asked.get(check) ?? 0))))
  for (const [request, questions] of requests.entries()) if (questions.length === 0) take(request)
  for (let round = 1; round <= rounds; round++)
    for (;;) {
      const best = bestStep(sets, chosen, round, novelty, requests.length)
      if (
        best === undefined ||
        sets.every((ofFault) => shownTimes(ofFault, chosen) >= Math.min(round, ofFault.length))
      )
        break
      for (const request of best) {
        take(request)
        for (const check of checks[request] ?? []) asked.set(check, (asked.get(check) ?? 0) + 1)
      }
    }
  for (const request of requests.keys()) take(request)
  return order
}

/** At which request each fault is shown in an order; infinity for one that no request of it shows. */
export function detectedAt(
  requests: Requests,
  order: readonly number[],
  exposures: readonly Exposure[],
): number[] {
  const places = placesOf(requests)
  const position = new Map(order.map((request, at) => [request, at + 1]))
  return exposures.map((exposure) =>
    Math.min(
      ...requestSets(exposure, places).map((set) =>
        Math.max(0, ...set.map((request) => position.get(request) ?? Number.POSITIVE_INFINITY)),
      ),
    ),
  )
}

/** The average percentage of faults detected (APFD), from 0 to 1. */
export function apfd(positions: readonly number[], requests: number): number {
  const sum = positions.reduce((total, at) => total + Math.min(at, requests), 0)
  return 1 - sum / (requests * positions.length) + 1 / (2 * requests)
}

function shownTimes(sets: readonly (readonly number[])[], chosen: ReadonlySet<number>): number {
  return sets.filter((set) => set.every((request) => chosen.has(request))).length
}

function bestStep(
  sets: readonly (readonly (readonly number[])[])[],
  chosen: ReadonlySet<number>,
  round: number,
  novelty: (request: number) => number,
  requests: number,
): readonly number[] | undefined {
  const gains = new Map<string, { readonly step: readonly number[]; gain: number }>()
  for (const ofFault of sets) {
    if (shownTimes(ofFault, chosen) >= Math.min(round, ofFault.length)) continue
    const steps = ofFault.map((set) => set.filter((request) => !chosen.has(request)))
    for (const key of new Set(steps.filter(({ length }) => length > 0).map((step) => step.join()))) {
      const step = key.split(',').map(Number)
      const known = gains.get(key) ?? { step, gain: 0 }
      known.gain += 1 / step.length
      gains.set(key, known)
    }
  }
  let best: { readonly step: readonly number[]; gain: number } | undefined
  for (let request = 0; request < requests; request++) {
    if (chosen.has(request)) continue
    const key = String(request)
    const known = gains.get(key) ?? { step: [request], gain: 0 }
    known.gain += noveltyWeight * novelty(request)
    gains.set(key, known)
  }
  for (const one of gains.values()) if (best === undefined || one.gain > best.gain) best = one
  return best?.step
}

/** The check or open question that a question belongs to. */
export const checkOf = (question: string) => question.slice(0, question.lastIndexOf(' '))

function placesOf(requests: Requests): ReadonlyMap<string, number> {
  return new Map(requests.flatMap((questions, place) => questions.map((question) => [question, place])))
}

// Distinct sets of requests; what the preparation shows takes no question.
function requestSets({ sets }: Exposure, places: ReadonlyMap<string, number>): (readonly number[])[] {
  const known = sets.flatMap((set) => {
    const asked = set.map((question) => places.get(question))
    return asked.includes(undefined) ? [] : [[...new Set(asked.filter((place) => place !== undefined))]]
  })
  return [...new Map(known.map((set) => [set.toSorted((a, b) => a - b).join(), set])).values()]
}
