import fc from 'fast-check'
import type { RequirementId } from '../../contract/catalogue.ts'
import { type Case, foundCases, hostileCases, madeCases } from '../../generate/case.ts'
import type { Blame } from '../../oracle/blame.ts'
import { ControlError } from '../../target/control.ts'
import type { Counterexample } from '../../verdict/counterexample.ts'
import type { Property } from '../check.ts'
import type { Facts } from '../facts.ts'
import { type Missing, thread } from '../needs.ts'
import { SessionKeeper } from '../session-keeper.ts'
import { type Examined, examineFound, examineMade } from './examine.ts'
import { isExplained } from './explained.ts'
import { type Kind, simplest } from './simplest.ts'

/** What generated data showed. */
export interface Generated {
  readonly seed: number
  /** How many worlds were loaded, and how many questions were answered in all. */
  readonly worlds: number
  readonly questions: number
  readonly counterexamples: readonly Counterexample[]
  /** Requirements that cases broke where a check of its own had failed already, which may be the same fault. */
  readonly explained: readonly RequirementId[]
  /** Why no world was generated, where that is so. */
  readonly missing: Missing | undefined
}

interface Failed {
  readonly kind: Kind
  readonly index: number
  readonly blames: readonly Blame[]
}

/** How many cases are under way at a time. */
const abreast = 4

/**
 * Asks generated questions about the thread that was read, and about generated sessions where the target can be
 * filled with them.
 * @param failing the requirements that the checks found broken, once all of them have ended
 */
export async function runGenerated(
  facts: Facts,
  properties: readonly Property[],
  failing: Promise<ReadonlySet<RequirementId>>,
  attempts: number,
): Promise<Generated> {
  const { lab } = facts
  const kinds = kindsOf(facts)
  const failed: Failed[] = []
  let [questions, worlds] = [0, 0]
  let missing = lab.keeper instanceof SessionKeeper ? undefined : lab.keeper
  for (const kind of kinds) {
    const indices = Array.from({ length: kind.runs }, (_, index) => index)
    const examineOne = async (index: number) => {
      const { blames, judged } = await kind.examine(valueAt(kind.cases, lab.seed, index))
      questions += judged
      if (kind.made) worlds += 1
      if (blames.length > 0) failed.push({ kind, index, blames })
    }
    try {
      await inTurns(indices, abreast, examineOne)
    } catch (error) {
      if (!(error instanceof ControlError)) throw error
      missing = {
        missing: `a control protocol that works: ${error.message}`,
        provide: 'See the README on the control routes; the suite needs all of them but for tokens.',
      }
    }
  }
  const broken = await failing
  const seen: (Counterexample | RequirementId)[] = []
  // One after the other: two searches through one world would load the same events twice.
  for (const { property, id, failed: one } of firstOfEach(failed, properties)) {
    seen.push(isExplained(id, property, broken) ? id : await simplest(one, property.name, lab.seed, attempts))
  }
  return {
    seed: lab.seed,
    worlds,
    questions,
    counterexamples: distinct(seen.filter((one) => typeof one !== 'string')),
    explained: [...new Set(seen.filter((one) => typeof one === 'string'))],
    missing,
  }
}

function kindsOf(facts: Facts): Kind[] {
  const { lab } = facts
  const readings = [facts.thread, facts.sibling].filter((reading) => reading !== undefined)
  const kinds: Kind[] = []
  if (thread(facts) === undefined && (facts.thread?.events.length ?? 0) > 0)
    kinds.push({
      made: false,
      runs: Math.ceil(lab.runs / 4),
      cases: foundCases(readings.map(({ events }) => events)),
      examine: (value) => examineFound(value, readings, lab.asker('generated')),
    })
  if (thread(facts) === undefined)
    kinds.push({
      made: false,
      runs: Math.ceil(lab.runs / 4),
      cases: hostileCases(10, 14),
      examine: (value) => examineFound(value, readings, lab.asker('generated')),
    })
  const { keeper } = lab
  if (keeper instanceof SessionKeeper)
    kinds.push({
      made: true,
      runs: lab.runs,
      cases: madeCases(),
      examine: async ({ session, questions }): Promise<Examined> =>
        session === undefined
          ? { blames: [], judged: 0 }
          : examineMade({ session, questions }, keeper, lab.asker('generated')),
    })
  return kinds
}

function valueAt(cases: fc.Arbitrary<Case>, seed: number, index: number): Case {
  const [value] = fc.sample(cases, { seed, path: String(index), numRuns: 1 })
  if (value === undefined) throw new Error('The generator gave no value.')
  return value
}

async function inTurns<T>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values()
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (const item of rest) await work(item)
    }),
  )
}

// Each property is followed up once: a second case of it says nothing new.
function firstOfEach(failed: readonly Failed[], properties: readonly Property[]) {
  const ordered = failed.toSorted((a, b) => Number(a.kind.made) - Number(b.kind.made) || a.index - b.index)
  return properties.flatMap((property) => {
    for (const one of ordered) {
      const blame = one.blames.find(({ id }) => property.ids.includes(id))
      if (blame !== undefined) return [{ property, id: blame.id, failed: one }]
    }
    return []
  })
}

function distinct(counterexamples: readonly Counterexample[]): Counterexample[] {
  return counterexamples.filter(
    ({ requirement }, at) => counterexamples.findIndex((other) => other.requirement === requirement) === at,
  )
}
