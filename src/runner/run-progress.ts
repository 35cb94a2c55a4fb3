import type { RequirementId } from '../contract/catalogue.ts'
import type { RunProgress } from '../record/run-progress.ts'
import type { Spec } from '../spec-dsl/spec-items.ts'
import type { ConformanceRun } from './conformance-run.ts'

/**
 * Reports every verdict of a run, area by area in the order of the specs.
 * @param areas the areas that this run judges
 * @returns resolves after the last area
 */
export async function reportProgress(
  { specRun }: ConformanceRun,
  specs: readonly Spec[],
  areas: readonly string[],
  progress: RunProgress,
): Promise<void> {
  const own = specs.filter(({ area }) => areas.includes(area))
  for (const spec of own) {
    for (const id of requirementsOf(spec)) void specRun.outcome(id).then(() => progress.onJudged(spec.area))
    if (spec.items.some(({ kind }) => kind === 'property'))
      void specRun.generated.then(() => progress.onJudged(spec.area))
  }
  for (const spec of own) {
    const { area } = spec
    for (const id of requirementsOf(spec)) {
      const { verdict } = await specRun.outcome(id)
      progress.onVerdict({ name: id, verdict, area })
    }
    for (const item of spec.items) {
      if (item.kind !== 'property') continue
      const made = await specRun.generated
      const failed = made?.counterexamples.some(({ property }) => property === item.name) === true
      const verdict = failed ? 'fail' : made === undefined || made.questions === 0 ? 'not-run' : 'pass'
      progress.onVerdict({ name: item.name, verdict, area })
    }
    progress.onArea(area)
  }
}

/** The requirements that a spec judges, in the order of their ids. */
export function requirementsOf({ items }: Spec): RequirementId[] {
  return items.flatMap((item) => ('id' in item && item.kind !== 'observation' ? [item.id] : [])).sort()
}
