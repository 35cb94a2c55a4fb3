import type { NamedFault } from '../verdict/diagnosis.ts'
import type { Differences, Facet } from './facets.ts'
import type { ObservedRequest } from './observed-run.ts'
import type { ReplayEnvironment } from './replay-environment.ts'
import { sampleRequests } from './sample-requests.ts'
import {
  type Bug,
  type Candidate,
  compareDifferences,
  differencesOf,
  exchangesOf,
  mayErr,
  scoreOf,
} from './score-candidate.ts'
import { closestSample, search } from './search.ts'
import type { Symptom } from './signs/index.ts'
import type { SortedAnswers } from './sort-answers.ts'

/** At most this many bugs are searched for in the dictionary, besides those that the answers show by themselves. */
const mostSteps = 5
const mostOthers = 3
/** How closely the dictionary is searched for the mechanism behind a sign. */
const deepening = { rivals: 40, failing: 8, agreeing: 8 }

/** A bug of the explanation, and what it explains together with the others. */
export interface ExplainedBug {
  readonly bug: Bug
  readonly sign: Symptom | undefined
  readonly explains: ReadonlySet<string>
  readonly contradicts: ReadonlySet<string>
  /** Bugs that the answers do not distinguish from it. */
  readonly equivalents: readonly Bug[]
  /** How many facets more than the next candidate it explains. */
  readonly lead: number
}

/** The bugs that together explain most. */
export interface Explanation {
  readonly causes: readonly ExplainedBug[]
  /** The answers that decided. */
  readonly sample: SortedAnswers
  /** What differs from a correct server, and what still differs from one with all of these bugs. */
  readonly before: Differences
  readonly after: Differences
  /** Candidates for what is left, the best first. */
  readonly rest: readonly Candidate[]
  readonly others: readonly (NamedFault & { readonly explains: number; readonly contradicts: number })[]
}

interface FoundExplanation extends Explanation {
  /** The bugs of the server that was found, choices included, in the order in which they change it. */
  readonly server: readonly Bug[]
}

/** What an explanation is searched in. */
export interface ExplainInput {
  /** Bugs that break what fails, and those that break what is blocked: tried where none of the first helps. */
  readonly bugs: readonly Bug[]
  readonly further: readonly Bug[]
  readonly signs: readonly Symptom[]
  readonly choices: readonly Bug[]
  readonly stage: ReplayEnvironment
  readonly answers: SortedAnswers
  readonly differences: Differences
  /** Whether a failing answer still has to be explained where it differs in these facets. */
  readonly needsExplanation: (asked: ObservedRequest, facets: ReadonlySet<Facet>) => boolean
  /** By failing requirement, the exchanges that show it broken. */
  readonly cited: readonly ReadonlySet<number>[]
}

interface Step {
  readonly bug: Bug
  readonly sign: Symptom | undefined
  readonly equivalents: readonly Bug[]
  readonly lead: number
  /** Whether the answers show it by themselves: it changes what the other bugs have made. */
  readonly outer: boolean
}

/** The server with all steps. What the answers show by themselves is the last change that they went through. */
function serverWith(choices: readonly Bug[], steps: readonly Step[]): readonly Bug[] {
  const bugsOf = (outer: boolean) => steps.filter((step) => step.outer === outer).map(({ bug }) => bug)
  return [...choices, ...bugsOf(false), ...bugsOf(true)]
}

/** At most this many answers that speak against an explanation are added to those that it was found with. */
const mostCounterexamples = { failing: 20, agreeing: 12 }

/**
 * The bugs that together explain most of a sample of the answers. Where other answers of the run speak against them,
 * the search is repeated once with some of these.
 */
export async function explain(input: ExplainInput): Promise<Explanation> {
  const { answers, differences, cited } = input
  const sample = closestSample(answers, differences, cited)
  const found = await explainSample(input, sample)
  const against = await counterexamples(input, found)
  if (against.failing.length + against.agreeing.length === 0 || input.stage.exhausted) return found
  const byNumber = (a: ObservedRequest, b: ObservedRequest) => a.exchange.id - b.exchange.id
  return await explainSample(input, {
    failing: [...sample.failing, ...against.failing].sort(byNumber),
    agreeing: [...sample.agreeing, ...against.agreeing].sort(byNumber),
  })
}

/** Answers beyond the sample that differ from those of a server with all causes. */
async function counterexamples(
  { stage, answers }: ExplainInput,
  { server, sample }: FoundExplanation,
): Promise<SortedAnswers> {
  const known = new Set([...sample.failing, ...sample.agreeing])
  const isOther = (asked: ObservedRequest) => !known.has(asked)
  const after = await differencesOf(
    server,
    stage,
    [...answers.failing, ...answers.agreeing].filter(isOther).sort((a, b) => a.exchange.id - b.exchange.id),
  )
  const differing = (all: readonly ObservedRequest[], most: number) =>
    sampleRequests(
      all.filter((asked) => isOther(asked) && (after.get(asked.exchange.id)?.size ?? 0) > 0),
      most,
      after,
    )
  return {
    failing: differing(answers.failing, mostCounterexamples.failing),
    agreeing: differing(answers.agreeing, mostCounterexamples.agreeing),
  }
}

/**
 * Adds bugs to the reference server, first those that the answers show by themselves, then those of the dictionary that
 * explain most of what is left, one by one and where none helps two at once, until nothing more is explained.
 */
async function explainSample(input: ExplainInput, sample: SortedAnswers): Promise<FoundExplanation> {
  const { bugs, signs, choices, stage } = input
  const asked = [...sample.failing, ...sample.agreeing]
  const measure = (steps: readonly Step[]) => differencesOf(serverWith(choices, steps), stage, asked)
  const before = await measure([])
  let steps: Step[] = signs.map((sign) => ({
    bug: sign.bug,
    sign,
    equivalents: [],
    lead: Number.POSITIVE_INFINITY,
    outer: true,
  }))
  steps = await deepened(steps, input, sample)
  let after = await measure(steps)
  let rest: readonly Candidate[] = []
  for (let step = 0; step < mostSteps && !stage.exhausted; step++) {
    if (!sample.failing.some((one) => input.needsExplanation(one, after.get(one.exchange.id) ?? new Set()))) {
      rest = []
      break
    }
    const isOuter = ({ outer }: Step) => outer
    const known = {
      inner: serverWith(
        choices,
        steps.filter((one) => !isOuter(one)),
      ),
      outer: steps.filter(isOuter).map(({ bug }) => bug),
    }
    const names = new Set(steps.map(({ bug }) => bug.name))
    const free = (all: readonly Bug[]) => all.filter(({ name }) => !names.has(name))
    rest = await search(free(bugs), known, stage, sample, after)
    if (rest[0] === undefined || scoreOf(rest[0]) <= 0) {
      const more = await search(free(input.further), known, stage, sample, after)
      if (more[0] !== undefined && scoreOf(more[0]) > 0) rest = more
    }
    const [best] = rest
    if (best === undefined || scoreOf(best) <= 0) break
    steps = [...steps, ...stepsOf(best, rest)]
    after = await measure(steps)
  }
  const causes: ExplainedBug[] = []
  let kept = steps
  for (const step of steps.toReversed()) {
    const without = kept.filter((one) => one !== step)
    const difference = compareDifferences(await measure(without), after)
    const needed = step.sign !== undefined || scoreOf(difference) > 0
    if (needed) causes.unshift({ ...step, ...difference })
    else {
      kept = without
      after = await measure(kept)
    }
  }
  const named = new Set(
    causes.flatMap(({ bug, equivalents }) => [bug.name, ...equivalents.map(({ name }) => name)]),
  )
  const server = serverWith(choices, kept)
  return { causes, server, sample, before, after, rest, others: othersOf(rest, named) }
}

function stepsOf(best: Candidate, all: readonly Candidate[]): Step[] {
  const equivalents = all.filter(
    (one) => one !== best && one.bugs.length === best.bugs.length && alike(one, best),
  )
  // What shows now and then may answer anything.
  const next = all.find((one) => one !== best && !equivalents.includes(one) && !mayErr(one.bugs))
  const lead = scoreOf(best) - (next === undefined ? 0 : scoreOf(next))
  return best.bugs.map((bug) => ({
    bug,
    sign: undefined,
    equivalents: best.bugs.length > 1 ? [] : equivalents.flatMap(({ bugs }) => bugs),
    lead: best.bugs.length > 1 ? 0 : lead,
    outer: false,
  }))
}

function alike(a: Candidate, b: Candidate): boolean {
  return same(a.explains, b.explains) && same(a.contradicts, b.contradicts) && a.remains === b.remains
}

function same(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one))
}

/** Puts a fault of the dictionary in the place of a sign where it explains as much or more. */
async function deepened(
  steps: readonly Step[],
  { bugs, choices, stage }: ExplainInput,
  sample: SortedAnswers,
): Promise<Step[]> {
  let current = [...steps]
  for (const step of steps) {
    const [requirement] = step.bug.violates
    const shown = sample.failing.filter(({ exchange }) => step.sign?.exchanges.has(exchange.id) === true)
    const measureOf = (all: readonly Step[], asked: readonly ObservedRequest[]) =>
      differencesOf(serverWith(choices, all), stage, asked)
    // What a sign gets wrong tells it from the mechanism behind it.
    const wrong = exchangesOf(
      compareDifferences(
        await measureOf(
          current.filter((one) => one !== step),
          sample.agreeing,
        ),
        await measureOf(current, sample.agreeing),
      ).contradicts,
    )
    const isWrong = ({ exchange }: ObservedRequest) => wrong.has(exchange.id)
    const asked = [
      ...sampleRequests(shown, deepening.failing),
      ...sampleRequests(sample.agreeing.filter(isWrong), deepening.agreeing),
      ...sampleRequests(
        sample.agreeing.filter((one) => !isWrong(one)),
        deepening.agreeing,
      ),
    ]
    const measure = (all: readonly Step[]) => measureOf(all, asked)
    const rivals = bugs.filter(
      ({ violates, sometimes }) => violates[0] === requirement && (sometimes !== true || wrong.size > 0),
    )
    const without = await measure(current.filter((one) => one !== step))
    const replaced = (bug: Bug) => current.map((one) => (one === step ? { ...step, bug } : one))
    const own = compareDifferences(without, await measure(current))
    const found: (Omit<Candidate, 'bugs'> & { readonly bug: Bug })[] = []
    for (const bug of rivals.slice(0, deepening.rivals))
      found.push({ bug, ...compareDifferences(without, await measure(replaced(bug))) })
    const best = found
      .filter(
        (one) =>
          scoreOf(one) > 0 &&
          scoreOf(one) >= scoreOf(own) &&
          one.contradicts.size === 0 &&
          // What a wrong status hid may differ as well.
          one.remains <= own.remains,
      )
      .toSorted(
        (a, b) =>
          scoreOf(b) - scoreOf(a) ||
          Number(b.bug.name === step.bug.name) - Number(a.bug.name === step.bug.name),
      )
    const [first] = best
    if (first === undefined) continue
    const equivalents = best
      .filter((one) => one !== first && scoreOf(one) === scoreOf(first))
      .map(({ bug }) => bug)
    const deeper = scoreOf(first) > scoreOf(own)
    current = current.map((one) =>
      one === step
        ? deeper || first.bug.name === step.bug.name
          ? // A fault of the same name that explains no more may differ from the sign in what was not compared.
            { ...step, bug: deeper ? first.bug : step.bug, equivalents, sign: deeper ? undefined : step.sign }
          : { ...step, equivalents: [first.bug, ...equivalents] }
        : one,
    )
  }
  return current
}

function othersOf(rest: readonly Candidate[], named: ReadonlySet<string>): Explanation['others'] {
  return rest
    .filter(({ bugs, explains }) => explains.size > 0 && bugs.every(({ name }) => !named.has(name)))
    .slice(0, mostOthers)
    .flatMap(({ bugs: [bug], explains, contradicts }) =>
      bug === undefined
        ? []
        : [
            {
              fault: bug.name,
              sentence: bug.sentence,
              explains: exchangesOf(explains).size,
              contradicts: exchangesOf(contradicts).size,
            },
          ],
    )
}
