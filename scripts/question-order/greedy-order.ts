import { isRequirementId } from '../../src/contract/catalogue.ts'

/** Which requests show a fault: any of these sets, each with the questions whose answers it takes. */
export interface Exposure {
  readonly fault: string
  readonly sets: readonly (readonly string[])[]
}

/** Requests of a run: the questions that each answers. What prepares a run answers none, and comes first. */
export type Requests = readonly (readonly string[])[]

/** What a request has to wait for: for each question, those of the same check whose answers it waits for. */
export type Earlier = Readonly<Record<string, readonly string[]>>

/** How many times over the faults are covered before known ones count no more. */
const rounds = 3

/** What a known fault is worth, against a fault that is expected by the density of its check. */
const weights = { known: 0.5, expected: 4 }

/** A request that screens for several cases shows as much as this many requests. */
const casesOfScreen = 4

/**
 * Orders requests by how many faults each one shows that those before it do not show, per request (the greedy cover).
 * Each further round covers every fault once more, so that one kind of request does not stand alone for a fault. Faults
 * that nobody thought of are expected where a check has shown many, and where little of it was asked.
 */
export function greedyOrder(
  requests: Requests,
  exposures: readonly Exposure[],
  earlier: Earlier = {},
): number[] {
  const places = placesOf(requests)
  const sets = exposures.map((exposure) => requestSets(exposure, places))
  const before = requests.map(([question = '']) => [
    ...new Set((earlier[question] ?? []).flatMap((one) => places.get(one) ?? [])),
  ])
  const expected = expectedFaults(requests, sets)
  const chosen = new Set<number>()
  const order: number[] = []
  const take = (request: number) => {
    if (chosen.has(request)) return
    chosen.add(request)
    order.push(request)
    expected.take(request)
  }
  for (const [request, questions] of requests.entries()) if (questions.length === 0) take(request)
  const takeBest = (round: number): boolean => {
    const best = bestStep(sets, chosen, round, before, expected.of)
    for (const request of best ?? []) take(request)
    return best !== undefined
  }
  for (let round = 1; round <= rounds; round++)
    while (sets.some((ofFault) => isUncovered(ofFault, chosen, round)) && takeBest(round));
  while (takeBest(rounds));
  // Open questions that show nothing.
  for (const request of requests.keys()) take(request)
  return order
}

/**
 * The faults that a request is expected to show first. Each check is expected to have as many unknown faults as it has known
 * ones of its own, and each of its requests to show one as often as it shows a known one.
 */
function expectedFaults(requests: Requests, sets: readonly (readonly (readonly number[])[])[]) {
  const checks = requests.map((questions) => [...new Set(questions.map(checkOf))].filter(isRequirementId))
  const screens = requests.map((questions) => questions.some((question) => isScreen(question)))
  const size = new Map<string, number>()
  for (const check of checks.flat()) size.set(check, (size.get(check) ?? 0) + 1)
  const known = new Map<string, { faults: number; weight: number; shares: number }>()
  for (const ofFault of sets) {
    const shown = new Set(ofFault.flat())
    const hits = new Map<string, number>()
    for (const request of shown)
      for (const check of checks[request] ?? []) hits.set(check, (hits.get(check) ?? 0) + 1)
    for (const [check, count] of hits) {
      const one = known.get(check) ?? { faults: 0, weight: 0, shares: 0 }
      known.set(check, {
        faults: one.faults + 1,
        weight: one.weight + 1 / hits.size,
        shares: one.shares + count / (size.get(check) ?? 1),
      })
    }
  }
  const asked = new Map<string, number>()
  const ofCheck = (check: string) => {
    const { faults, weight, shares } = known.get(check) ?? { faults: 0, weight: 0, shares: 0 }
    // As if half a fault were known that three of ten requests show.
    const share = Math.min(0.95, (shares + 0.15) / (faults + 0.5))
    return (1 + weight / 2) * share * (1 - share) ** (asked.get(check) ?? 0)
  }
  return {
    of: (request: number) =>
      Math.max(0, ...(checks[request] ?? []).map(ofCheck)) * (screens[request] === true ? casesOfScreen : 1),
    take(request: number) {
      for (const check of checks[request] ?? []) asked.set(check, (asked.get(check) ?? 0) + 1)
    },
  }
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

function isUncovered(
  ofFault: readonly (readonly number[])[],
  chosen: ReadonlySet<number>,
  times: number,
): boolean {
  const shown = ofFault.filter((set) => set.every((request) => chosen.has(request))).length
  return shown < Math.min(times, ofFault.length)
}

// A step is a request with those that have to be answered first.
function bestStep(
  sets: readonly (readonly (readonly number[])[])[],
  chosen: ReadonlySet<number>,
  round: number,
  before: readonly (readonly number[])[],
  expected: (request: number) => number,
): readonly number[] | undefined {
  const steps = new Map<string, { readonly step: readonly number[]; gain: number }>()
  const add = (requests: readonly number[], gain: number) => {
    const step = requests.filter((request) => !chosen.has(request))
    if (step.length === 0) return
    const key = step.toSorted((a, b) => a - b).join()
    const known = steps.get(key) ?? { step, gain: 0 }
    known.gain += gain / step.length
    steps.set(key, known)
  }
  for (const ofFault of sets) {
    if (!isUncovered(ofFault, chosen, round)) continue
    const open = ofFault.map((set) => set.filter((request) => !chosen.has(request)))
    const distinct = new Map(open.map((step) => [step.toSorted((a, b) => a - b).join(), step]))
    for (const step of distinct.values()) add(step, weights.known)
  }
  for (const [request, waitsFor] of before.entries()) {
    const gain = chosen.has(request) ? 0 : expected(request)
    if (gain > 0) add([...waitsFor, request], weights.expected * gain)
  }
  let best: { readonly step: readonly number[]; gain: number } | undefined
  for (const one of steps.values()) if (best === undefined || one.gain > best.gain) best = one
  return best?.step
}

/** Whether a question is a request that screens for several cases. */
export const isScreen = (question: string) => /s\d+$/.test(question)

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
