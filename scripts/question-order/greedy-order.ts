import { UnknownFaults } from './unknown-faults.ts'

/** Which requests show a fault: any of these sets, each with the questions whose answers it takes. */
export interface Exposure {
  readonly fault: string
  readonly sets: readonly (readonly string[])[]
}

/** Requests of a run: the questions that each answers. What prepares a run answers none, and comes first. */
export type Requests = readonly (readonly string[])[]

/** What a request has to wait for: for each question, those of the same check whose answers it waits for. */
export type Earlier = Readonly<Record<string, readonly string[]>>

/**
 * What a step is worth. `known` is the weight of the known faults that it shows. Some that nobody thought of resemble
 * them, but `discount` of them stands for itself alone: a request that shows a single known fault says little of others.
 */
const weights = { known: 4, discount: 0.9 }

/**
 * Orders requests by how many faults each one shows that those before it do not show, per request (the greedy cover),
 * behind the preparation. Faults that nobody thought of count too (see unknown-faults).
 * @param prepared how many requests a run makes before its checks start
 */
export function greedyOrder(
  requests: Requests,
  exposures: readonly Exposure[],
  earlier: Earlier = {},
  prepared = requests.findIndex(({ length }) => length > 0),
): number[] {
  const places = placesOf(requests)
  const sets = exposures.map((exposure) => requestSets(exposure, places))
  const before = requests.map(([question = '']) => [
    ...new Set((earlier[question] ?? []).flatMap((one) => places.get(one) ?? [])),
  ])
  const isPrepared = (request: number) => request < prepared
  const unknown = new UnknownFaults({
    requests,
    isPrepared,
    known: sets.map((ofFault) => shownBy(ofFault, before, isPrepared)),
    isShownFirst: (fault) => sets[fault]?.some((set) => set.every(isPrepared)) === true,
  })
  const chosen = new Set<number>()
  const order: number[] = []
  const take = (request: number) => {
    if (chosen.has(request)) return
    chosen.add(request)
    order.push(request)
    unknown.send(request)
  }
  for (const request of [...requests.keys()].filter(isPrepared)) take(request)
  for (;;) {
    const best = bestStep(sets, chosen, before, (request) => unknown.shownFirstBy(request))
    if (best === undefined) break
    for (const request of best) take(request)
  }
  // What shows nothing, and what a run reads again at its end.
  for (const request of requests.keys()) take(request)
  return order
}

/** The requests that show a fault once what they wait for is answered; those that show it together have a share each. */
function shownBy(
  ofFault: readonly (readonly number[])[],
  before: readonly (readonly number[])[],
  isPrepared: (request: number) => boolean,
): ReadonlyMap<number, number> {
  const shown = new Map<number, number>()
  for (const set of ofFault) {
    const asked = set.filter((request) => !isPrepared(request))
    const awaited = new Set(
      asked.flatMap((request) => (before[request] ?? []).filter((one) => one !== request)),
    )
    const last = asked.filter((request) => !awaited.has(request))
    const together = last.length > 0 ? last : asked
    for (const request of together) shown.set(request, Math.max(shown.get(request) ?? 0, 1 / together.length))
  }
  return shown
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

// A step is a request with those that have to be answered first.
function bestStep(
  sets: readonly (readonly (readonly number[])[])[],
  chosen: ReadonlySet<number>,
  before: readonly (readonly number[])[],
  expected: (request: number) => number,
): readonly number[] | undefined {
  const steps = new Map<string, { readonly step: readonly number[]; known: number; expected: number }>()
  const stepOf = (requests: readonly number[]) => {
    const step = requests.filter((request) => !chosen.has(request))
    const key = step.toSorted((a, b) => a - b).join()
    const known = steps.get(key) ?? { step, known: 0, expected: 0 }
    if (step.length > 0) steps.set(key, known)
    return known
  }
  for (const ofFault of sets) {
    if (ofFault.some((set) => set.every((request) => chosen.has(request)))) continue
    for (const one of new Set(ofFault.map(stepOf))) one.known += 1
  }
  for (const [request, waitsFor] of before.entries()) {
    if (chosen.has(request)) continue
    const one = stepOf([...waitsFor, request])
    one.expected = Math.max(one.expected, expected(request))
  }
  const gainOf = ({ step, known, expected }: { step: readonly number[]; known: number; expected: number }) =>
    (weights.known * Math.max(0, known - weights.discount) + expected) / step.length
  let best: { readonly step: readonly number[]; readonly gain: number } | undefined
  for (const one of steps.values()) {
    const gain = gainOf(one)
    if (gain > (best?.gain ?? 0)) best = { step: one.step, gain }
  }
  return best?.step
}

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
