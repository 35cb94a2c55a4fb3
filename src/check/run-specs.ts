import type { RequirementId } from '../contract/catalogue.ts'
import { addBlames, blameOf } from '../verdict/add-blames.ts'
import type { Outcome, Seen } from '../verdict/outcome.ts'
import type { Asker } from './asker.ts'
import type { AskingCheck, HistoryCheck, Observation, Property, Spec } from './check.ts'
import type { Facts } from './facts.ts'
import { type Generated, runGenerated } from './generated/generated-run.ts'
import { type Persistence, runCheck, runHistoryCheck } from './run-check.ts'
import { Trial } from './trial.ts'

/** Which requirements a run is about: by their own checks, and by what generated data shows. */
export interface Selection {
  readonly check: (id: RequirementId) => boolean
  readonly generated: (id: RequirementId) => boolean
}

/** All specs on their way: the outcomes of their own checks can be awaited one by one while the others still run. */
export interface SpecRun {
  outcome(id: RequirementId): Promise<Outcome>
  observation(id: string): Promise<Seen | undefined>
  /** What generated data showed; nothing where none of its requirements was selected. */
  readonly generated: Promise<Generated | undefined>
  /** All outcomes of the specs' own checks, with whom they blame besides. */
  readonly own: Promise<Outcome[]>
  /** All outcomes, with what generated data showed and with what checks blame others for. */
  readonly outcomes: Promise<Outcome[]>
  readonly observations: Promise<Seen[]>
}

/**
 * Starts every check at once (the client bounds how many requests are under way), and the judges of the
 * whole history when all of them have asked.
 */
export function runSpecs(
  specs: readonly Spec[],
  facts: Facts,
  asker: Asker,
  { check: selected, generated: concerns }: Selection,
  persistence: Persistence,
): SpecRun {
  const items = specs.flatMap((spec) => spec.items)
  const asking = items.filter((item): item is AskingCheck => item.kind === 'asking')
  const judging = items.filter((item): item is HistoryCheck => item.kind === 'history')
  const open = items.filter((item): item is Observation => item.kind === 'observation')

  const outcomes = new Map<RequirementId, Promise<Outcome>>()
  // A judge of the whole history needs a history, so the others ask for its sake even when they are left out.
  const historyWanted = judging.some((check) => selected(check.id))
  for (const check of asking) {
    const outcome =
      selected(check.id) || historyWanted ? runCheck(check, facts, asker, persistence) : undefined
    outcomes.set(
      check.id,
      Promise.resolve(outcome).then((one) =>
        one === undefined || !selected(check.id) ? notRun(check.id) : one,
      ),
    )
  }
  const looking = items.some((item) => 'run' in item && selected(item.id))
  const seen = new Map((looking ? open : []).map((question) => [question.id, look(question, facts, asker)]))
  const probes = judging.filter((check) => selected(check.id)).map((check) => probe(check, facts, asker))
  const asked = Promise.all([...outcomes.values(), ...seen.values(), ...probes]).then(async () => {
    await Promise.all([facts.thread?.refresh(), facts.sibling?.refresh()])
  })
  for (const check of judging)
    outcomes.set(
      check.id,
      selected(check.id)
        ? asked.then(() => runHistoryCheck(check, asker, persistence))
        : Promise.resolve(notRun(check.id)),
    )

  const properties = items.filter((item): item is Property => item.kind === 'property')
  const wanted = properties.some(({ ids }) => ids.some(concerns))
  const own = Promise.all(outcomes.values())
  const failing = own.then(
    (all) => new Set(all.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)),
  )
  const generated = wanted
    ? runGenerated(facts, properties, failing, persistence.attempts).then((made) => ({
        ...made,
        counterexamples: made.counterexamples.filter(({ requirement }) => concerns(requirement)),
      }))
    : Promise.resolve(undefined)

  return {
    own,
    generated,
    outcome: (id) => outcomes.get(id) ?? Promise.resolve(notRun(id)),
    observation: (id) => seen.get(id) ?? Promise.resolve(undefined),
    outcomes: Promise.all([own, generated]).then(([all, made]) =>
      addBlames(all, (made?.counterexamples ?? []).map(blameOf)),
    ),
    observations: Promise.all(seen.values()).then((all) => all.filter((one) => one !== undefined)),
  }
}

async function probe({ probe }: HistoryCheck, facts: Facts, asker: Asker): Promise<void> {
  if (probe === undefined || probe.needs.some((need) => need(facts) !== undefined)) return
  await probe.run(new Trial(facts, asker, false))
}

async function look(question: Observation, facts: Facts, asker: Asker): Promise<Seen | undefined> {
  if (question.needs.some((need) => need(facts) !== undefined)) return undefined
  const trial = new Trial(facts, asker, false)
  try {
    const seen = await question.look(trial)
    return { id: question.id, question: question.question, seen, exchanges: [] }
  } catch (error) {
    const seen = `could not be seen (${error instanceof Error ? error.message : 'unknown error'})`
    return { id: question.id, question: question.question, seen, exchanges: [] }
  }
}

function notRun(id: RequirementId): Outcome {
  return { id, verdict: 'not-run', judged: 0, findings: [] }
}
