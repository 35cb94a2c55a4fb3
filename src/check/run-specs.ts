import type { RequirementId } from '../contract/catalogue.ts'
import { addBlames, blameOf } from '../verdict/add-blames.ts'
import { attribute, type Evidence } from '../verdict/attribute.ts'
import type { AttributionInput } from '../verdict/attribution-input.ts'
import type { CheckResult, Outcome, Seen } from '../verdict/outcome.ts'
import type { Asker } from './asker.ts'
import { attributeRun, evidenceOf } from './attribute-run.ts'
import type { AskingCheck, HistoryCheck, Observation, Property, Spec } from './check.ts'
import type { Facts } from './facts.ts'
import { type Generated, runGenerated } from './generated/generated-run.ts'
import { isolateCauses } from './isolate.ts'
import type { Missing } from './needs.ts'
import { onBehalfOf } from './on-behalf.ts'
import { type Checked, casesOf, resultsOf, runCheck, runHistoryCheck } from './run-check.ts'
import { Trial } from './trial.ts'

/** Which requirements a run is about: by their own checks, and by what generated data shows. */
export interface Selection {
  readonly check: (id: RequirementId) => boolean
  readonly generated: (id: RequirementId) => boolean
}

/** All specs on their way: the checks can be awaited one by one, the outcomes come when all of them have asked. */
export interface SpecRun {
  /** Resolves when the requirement's check has asked what it asks. */
  checked(id: RequirementId): Promise<void>
  outcome(id: RequirementId): Promise<Outcome>
  observation(id: string): Promise<Seen | undefined>
  /** What generated data showed; nothing where none of its requirements was selected. */
  readonly generated: Promise<Generated | undefined>
  /** What the outcomes of the specs' own checks are made from. */
  readonly attribution: Promise<AttributionInput>
  /** All outcomes, with what generated data showed. */
  readonly outcomes: Promise<Outcome[]>
  readonly observations: Promise<Seen[]>
  /** Judges what was asked so far, for a run that ends early. */
  judgeSoFar(why: Missing): { readonly outcomes: Outcome[]; readonly attribution: AttributionInput }
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
  { attempts }: { readonly attempts: number },
): SpecRun {
  const items = specs.flatMap((spec) => spec.items)
  const asking = items.filter((item): item is AskingCheck => item.kind === 'asking')
  const judging = items.filter((item): item is HistoryCheck => item.kind === 'history')
  const open = items.filter((item): item is Observation => item.kind === 'observation')

  // A judge of the whole history needs a history, so the others ask for its sake even when they are left out.
  const historyWanted = judging.some((check) => selected(check.id))
  const underWay = new Map<RequirementId, Trial>()
  const done = new Map<RequirementId, Checked>()
  const checking = new Map(
    asking
      .filter(({ id }) => selected(id) || historyWanted)
      .map((check) => {
        const run = runCheck(check, facts, asker, (trial) => underWay.set(check.id, trial))
        return [check.id, run.then((checked) => done.set(check.id, checked))]
      }),
  )
  const looking = items.some((item) => 'run' in item && selected(item.id))
  const seen = new Map((looking ? open : []).map((question) => [question.id, look(question, facts, asker)]))
  const probes = judging.filter((check) => selected(check.id)).map((check) => probe(check, facts, asker))
  const judged = judgeAll()
  const outcomes = judged.then(({ outcomes: all }) => new Map(all.map((outcome) => [outcome.id, outcome])))

  async function judgeAll() {
    await Promise.all(checking.values())
    await Promise.all([...seen.values(), ...probes])
    await Promise.all([facts.thread?.refresh(), facts.sibling?.refresh()])
    for (const check of judging)
      if (selected(check.id)) done.set(check.id, await runHistoryCheck(check, asker))
    const all = complete([...done.values()].flatMap(({ results }) => results))
    await isolateCauses(all, asker)
    const evidence = evidenceOf(asker.history(), asker.exchanges)
    const { outcomes, reproduced } = await attributeRun(all, evidence, attempts, async (id, finding) => {
      const source = [...done.values()].find((one) =>
        one.results.some((result) => result.id === id && result.cases.some((of) => of.finding === finding)),
      )
      return source === undefined ? asker.violatesAgain(finding) : source.showsAgain(finding)
    })
    return { outcomes, attribution: attributionInput(all, evidence, reproduced) }
  }

  // The results of what was selected, and of what was not a place where the cause of a failure may be named.
  function complete(results: readonly CheckResult[]): CheckResult[] {
    const known = results.map((result) => withoutUnselected(result, selected))
    const idle = [...asking, ...judging].filter(({ id }) => !known.some((result) => result.id === id))
    return [...known, ...idle.map(({ id }) => ({ id, cases: [], notRun: true as const }))]
  }

  function judgeSoFar(why: Missing) {
    const results = [...asking, ...judging].flatMap((check): readonly CheckResult[] => {
      const { id } = check
      const finished = done.get(id)
      if (finished !== undefined) return finished.results
      if (!selected(id)) return []
      if (check.kind === 'history') return [judgedNow(check, asker, why)]
      const trial = underWay.get(id)
      const lack = trial === undefined || trial.cases.length === 0 ? why : undefined
      return trial === undefined ? [{ id, cases: [], lack: why }] : resultsOf(id, trial, lack)
    })
    const all = complete(results)
    const evidence = evidenceOf(asker.history(), asker.exchanges)
    return { outcomes: attribute(all, evidence), attribution: attributionInput(all, evidence, {}) }
  }

  const properties = items.filter((item): item is Property => item.kind === 'property')
  const wanted = properties.some(({ ids }) => ids.some(concerns))
  const failing = judged.then(
    ({ outcomes: all }) => new Set(all.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)),
  )
  const generated = wanted
    ? runGenerated(facts, properties, failing, attempts).then((made) => ({
        ...made,
        counterexamples: made.counterexamples.filter(({ requirement }) => concerns(requirement)),
      }))
    : Promise.resolve(undefined)

  return {
    checked: async (id) => void (await (checking.get(id) ?? judged)),
    attribution: judged.then(({ attribution }) => attribution),
    generated,
    outcome: (id) => outcomes.then((all) => all.get(id) ?? notRun(id)),
    observation: (id) => seen.get(id) ?? Promise.resolve(undefined),
    outcomes: Promise.all([judged, generated]).then(([{ outcomes: all }, made]) =>
      addBlames(all, (made?.counterexamples ?? []).map(blameOf)),
    ),
    observations: Promise.all(seen.values()).then((all) => all.filter((one) => one !== undefined)),
    judgeSoFar,
  }
}

function judgedNow({ id, judge, missing }: HistoryCheck, asker: Asker, why: Missing): CheckResult {
  const { findings, judged, cases } = judge(asker.history())
  if (judged === 0 && findings.length === 0) return { id, cases: [], lack: missing ?? why }
  return { id, cases: cases ?? casesOf({ findings, judged }, []) }
}

function attributionInput(
  results: readonly CheckResult[],
  { violations, pagingFaults, capabilities }: Evidence,
  reproduced: AttributionInput['reproduced'],
): AttributionInput {
  return { results, violations, pagingFaults: [...pagingFaults], capabilities, reproduced }
}

// What was asked for the sake of others is judged only where it explains their findings.
function withoutUnselected(result: CheckResult, selected: (id: RequirementId) => boolean): CheckResult {
  return selected(result.id) ? result : { id: result.id, cases: [], notRun: true }
}

async function probe({ id, probe }: HistoryCheck, facts: Facts, asker: Asker): Promise<void> {
  if (probe === undefined || probe.needs.some((need) => need(facts) !== undefined)) return
  await onBehalfOf(id, () => probe.run(new Trial(facts, asker, false)))
}

async function look(question: Observation, facts: Facts, asker: Asker): Promise<Seen | undefined> {
  if (question.needs.some((need) => need(facts) !== undefined)) return undefined
  const trial = new Trial(facts, asker, false)
  try {
    const seen = await onBehalfOf(question.id, () => question.look(trial))
    return { id: question.id, question: question.question, seen, exchanges: [] }
  } catch (error) {
    const seen = `could not be seen (${error instanceof Error ? error.message : 'unknown error'})`
    return { id: question.id, question: question.question, seen, exchanges: [] }
  }
}

function notRun(id: RequirementId): Outcome {
  return { id, verdict: 'not-run', judged: 0, findings: [] }
}
