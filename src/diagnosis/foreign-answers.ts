import { featuresOf } from '../capabilities/request-features.ts'
import type { JsonValue } from '../contract/json.ts'
import type { RecordedAnswer } from '../record/recorded-answer.ts'
import { type Differences, differingFacets } from './facets.ts'
import type { ObservedRequest, ObservedRun } from './observed-run.ts'
import type { AnswersByRequest } from './replay-on-reference.ts'
import { isMoreThanAdvice } from './sort-answers.ts'

/** How far back the other request may be. */
const mostBefore = 60
/** Fewer are chance. */
const fewest = 2
const leastShare = 0.5
/** This many lists count whatever their share, if the same request is answered correctly at another time. */
const fewestWavering = 3
/** At least this many answers of another request for the same address, and how many more of them may be right. */
const fewestKept = 5
const mostRightLater = 0.2
const mostForgotten = 2

/** What {@link foreignAnswers} compares. */
export interface ForeignAnswersInput {
  /** Failing answers that nothing explains. */
  readonly left: readonly ObservedRequest[]
  readonly run: ObservedRun
  /** What a correct server answers. */
  readonly sound: AnswersByRequest
  readonly differences: Differences
  readonly values: readonly JsonValue[]
}

/**
 * Answers that are the right answer to another recent request: from a cache with too short a key, from requests that
 * were merged into one, or from the state of a connection.
 * @returns by exchange, the exchange of the other request; nothing where there are too few
 */
export function foreignAnswers(input: ForeignAnswersInput): ReadonlyMap<number, number> {
  const {
    left,
    run: { asked },
    sound,
    differences,
    values,
  } = input
  const found = new Map<number, number>()
  let wavering = 0
  const answeredRight = new Set(
    asked.filter(({ exchange }) => differences.get(exchange.id)?.size === 0).map(wordsOf),
  )
  const places = new Map(asked.map((one, at) => [one, at]))
  for (const one of left) {
    const at = places.get(one) ?? 0
    // Where the same request has the right answer at another time, no rule of the server explains the wrong one.
    const wavers = answeredRight.has(wordsOf(one))
    if (!wavers && !isTelling(one)) continue
    const recent = asked.slice(Math.max(0, at - mostBefore), at).filter((earlier) => {
      const right = sound.get(earlier.exchange.id)
      return (
        right !== undefined &&
        (wavers ? wordsOf(earlier) !== wordsOf(one) : isOtherRequest(earlier, one, isValid(one, sound))) &&
        isAnswer(one, right, values)
      )
    })
    const closest =
      recent.findLast(({ exchange }) => exchange.request.target === one.exchange.request.target) ??
      recent.at(-1)
    if (closest === undefined) continue
    found.set(one.exchange.id, closest.exchange.id)
    if (wavers && isTelling(one)) wavering++
  }
  const isMost = found.size >= fewest && found.size >= leastShare * left.length
  return isMost || wavering >= fewestWavering ? found : new Map()
}

/**
 * Answers to another request for the same address with other headers, from a cache. A server that ignores a header also
 * answers so: here the same headers work for addresses that were not asked for before.
 * @returns by exchange, the exchange of the other request; nothing where there are too few
 */
export function cachedByAddress({
  run: { asked },
  sound,
  differences,
  values,
}: Omit<ForeignAnswersInput, 'left'>): ReadonlyMap<number, number> {
  const headersOf = ({ exchange }: ObservedRequest) => JSON.stringify(exchange.request.headers)
  const addressed = new Map<string, ObservedRequest[]>()
  const found = new Map<ObservedRequest, number>()
  const rightOnFirst = new Set<string>()
  const wrongOnFirst = new Set<string>()
  const answeredRight = new Set<string>()
  let rightLater = 0
  for (const one of asked) {
    const { target } = one.exchange.request
    const others = (addressed.get(target) ?? []).filter((earlier) => headersOf(earlier) !== headersOf(one))
    const kept = others.findLast(({ exchange }) => {
      const right = sound.get(exchange.id)
      return right?.status === 200 && right.body.kind === 'list'
    })
    const right = kept === undefined ? undefined : sound.get(kept.exchange.id)
    const own = differences.get(one.exchange.id)
    const isRight = own !== undefined && !isMoreThanAdvice(own)
    if (isRight) answeredRight.add(wordsOf(one))
    if (kept === undefined || right === undefined) {
      const first = isRight ? rightOnFirst : wrongOnFirst
      first.add(headersOf(one))
    } else if (isRight) {
      if (!isAnswer(one, right, values) && hadEnded(kept, one)) rightLater++
    } else if (isAnswer(one, right, values)) found.set(one, kept.exchange.id)
    addressed.set(target, [...(addressed.get(target) ?? []), one])
  }
  const proving = [...found.keys()].filter((one) => rightOnFirst.has(headersOf(one)))
  // What a cache has forgotten is answered right again. What errs by chance errs on the first request too.
  const forgotten = proving.filter(
    (one) => answeredRight.has(wordsOf(one)) && !wrongOnFirst.has(headersOf(one)),
  )
  const mostRight = (forgotten.length >= fewestKept ? mostForgotten : mostRightLater) * found.size
  const proves = proving.length >= fewestKept && rightLater <= mostRight
  return new Map(proves ? [...found].map(([one, other]) => [one.exchange.id, other]) : [])
}

// What the contract only advises may be the same wrong in all responses.
function isAnswer(one: ObservedRequest, right: RecordedAnswer, values: readonly JsonValue[]): boolean {
  return !isMoreThanAdvice(differingFacets(one, right, values))
}

// Two requests side by side are answered before either can be kept.
function hadEnded({ exchange: earlier }: ObservedRequest, { exchange }: ObservedRequest): boolean {
  return earlier.startedAtMs + earlier.totalMs <= exchange.startedAtMs
}

function wordsOf({ exchange: { request } }: ObservedRequest): string {
  return `${request.target}\n${JSON.stringify(request.headers)}`
}

/** Whether a list has enough events to be recognised. */
function isTelling({ answer: { status, body } }: ObservedRequest): boolean {
  return status === 200 && body.kind === 'list' && (body.rows?.length ?? 0) >= 2
}

function isValid({ exchange }: ObservedRequest, sound: AnswersByRequest): boolean {
  return (sound.get(exchange.id)?.status ?? 400) < 400
}

/**
 * Whether the answer of an earlier request proves that it was kept. A request that merely lacks a parameter has the
 * answer of a server that ignores the parameter, and an id that is not refused may be taken for another one.
 */
function isOtherRequest(earlier: ObservedRequest, one: ObservedRequest, valid: boolean): boolean {
  const [a, b] = [earlier.exchange.request, one.exchange.request]
  if (a.target === b.target) return false
  const [pathA, pathB] = [a.target.split('?')[0], b.target.split('?')[0]]
  if (pathA !== pathB) return valid
  const [less, more] = [featuresOf(a).features, featuresOf(b).features]
  return [...less].some((feature) => more.has(feature)) && less.size >= more.size
}
