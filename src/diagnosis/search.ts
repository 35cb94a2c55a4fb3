import type { Differences } from './facets.ts'
import type { ObservedRequest } from './observed-run.ts'
import type { ReplayEnvironment } from './replay-environment.ts'
import { sampleFurtherRequests, sampleRequests } from './sample-requests.ts'
import {
  type Bug,
  type Candidate,
  compareDifferences,
  differencesOf,
  mayErr,
  scoreOf,
} from './score-candidate.ts'
import type { SortedAnswers } from './sort-answers.ts'

/** Bounds of the search, by counts: the same record is searched alike on any machine. */
const screened = 10
const closer = { candidates: 14, failing: 20, agreeing: 20 }
const closest = { candidates: 4, failing: 60, agreeing: 60 }
const paired = 4
const citedOfEach = 2

/**
 * The answers that decide between candidates.
 * @param cited by failing requirement, the exchanges that show it broken: some of each are among the answers, however
 * rare they are
 */
export function closestSample(
  answers: SortedAnswers,
  differences: Differences,
  cited: readonly ReadonlySet<number>[] = [],
): SortedAnswers {
  const telling = cited.flatMap((ids) =>
    sampleRequests(
      answers.failing.filter(({ exchange }) => ids.has(exchange.id)),
      citedOfEach,
      differences,
    ),
  )
  const failing = new Set([...sampleRequests(answers.failing, closest.failing, differences), ...telling])
  return {
    failing: [...failing].sort((a, b) => a.exchange.id - b.exchange.id),
    agreeing: sampleFurtherRequests(answers.failing, answers.agreeing, closest.agreeing),
  }
}

/**
 * Finds the bugs that explain most of what is left: of all few answers, of few all answers.
 * @param known bugs that the server is known to have besides: those that come before the ones that are searched, and
 * those that change what all others have made
 * @param left the differences that these leave
 * @returns the best first
 */
export async function search(
  bugs: readonly Bug[],
  known: { readonly inner: readonly Bug[]; readonly outer: readonly Bug[] },
  stage: ReplayEnvironment,
  answers: SortedAnswers,
  left: Differences,
): Promise<readonly Candidate[]> {
  const open = answers.failing.filter(({ exchange }) => (left.get(exchange.id)?.size ?? 0) > 0)
  const scored = async (added: readonly (readonly Bug[])[], sample: SortedAnswers) => {
    const asked = [...sample.failing, ...sample.agreeing]
    const candidates: Candidate[] = []
    for (const bugs of added) {
      const after = await differencesOf([...known.inner, ...bugs, ...known.outer], stage, asked)
      candidates.push({ bugs, ...compareDifferences(left, after) })
    }
    return candidates.sort(byScore)
  }
  const searchIn = async (failing: readonly ObservedRequest[], few: readonly ObservedRequest[]) => {
    const first = await scored(
      bugs.map((bug) => [bug]),
      { failing: few, agreeing: [] },
    )
    const some = {
      failing: sampleRequests(failing, closer.failing, left),
      agreeing: sampleFurtherRequests(failing, answers.agreeing, closer.agreeing),
    }
    const hopeful = first.filter(({ explains }) => explains.size > 0).slice(0, closer.candidates)
    const second = await scored(
      hopeful.map(({ bugs }) => bugs),
      some,
    )
    const singles = await scored(
      second.slice(0, closest.candidates).map(({ bugs }) => bugs),
      answers,
    )
    if (singles.some(helps)) return singles
    // What no bug explains alone, two may.
    const best = second.slice(0, paired)
    const pairs = best.flatMap((one, at) => best.slice(at + 1).map((other) => [...one.bugs, ...other.bugs]))
    const closerPairs = (await scored(pairs, some)).slice(0, 3).map(({ bugs }) => bugs)
    return [...(await scored(closerPairs, answers)), ...singles].sort(byScore)
  }
  let found: readonly Candidate[] | undefined
  // The first sample has the commonest kinds of requests. A bug that shows in rare ones only explains nothing of it.
  for (let unseen: readonly ObservedRequest[] = open; unseen.length > 0 && !stage.exhausted; ) {
    const few = new Set(sampleRequests(unseen, screened, left))
    const candidates = await searchIn(unseen, [...few])
    if (candidates.some(helps)) return candidates
    found ??= candidates
    unseen = unseen.filter((asked) => !few.has(asked))
  }
  return found ?? []
}

function helps(candidate: Candidate): boolean {
  return scoreOf(candidate) > 0
}

// Of two that explain alike, what always shows is the likelier, since a server that errs now and then explains much.
// Then what leaves less: an explained status can reveal other differences.
function byScore(a: Candidate, b: Candidate): number {
  return scoreOf(b) - scoreOf(a) || Number(mayErr(a.bugs)) - Number(mayErr(b.bugs)) || a.remains - b.remains
}
