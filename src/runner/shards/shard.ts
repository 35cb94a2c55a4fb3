import type { RequirementId } from '../../contract/catalogue.ts'
import type { Spec, SpecItem } from '../../spec-dsl/spec-items.ts'

/**
 * The areas that one shard judges. Neighbouring areas ask for similar things and go to different shards, so that shards
 * take about the same time.
 */
export function areasOfShard<T extends string>(
  areas: readonly T[],
  shard: { readonly index: number; readonly count: number } | undefined,
): T[] {
  return areas.filter((_, at) => shard === undefined || at % shard.count === shard.index - 1)
}

/**
 * The specs as one part of a divided run takes them: only these areas ask, and what they and the preparation asked is
 * judged by the judges of the whole history of every area.
 */
export function shardOf(specs: readonly Spec[], areas: readonly string[]): Spec[] {
  return specs.map((spec) =>
    areas.includes(spec.area) ? spec : { ...spec, items: spec.items.flatMap(withoutQuestions) },
  )
}

/** Requirements that another part of the run judges, because it asks for them. */
export function leftToOthers(specs: readonly Spec[], areas: readonly string[]): Set<RequirementId> {
  const others = specs.filter(({ area }) => !areas.includes(area)).flatMap(({ items }) => items)
  return new Set(others.flatMap((item) => (item.kind === 'asking' ? [item.id] : [])))
}

function withoutQuestions(item: SpecItem): SpecItem[] {
  if (item.kind === 'asking') return [{ ...item, needs: [], run: () => Promise.resolve() }]
  if (item.kind === 'history') return [{ ...item, probe: undefined }]
  return []
}
