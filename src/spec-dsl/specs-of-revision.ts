import { applies, type Revision } from '../contract/revisions/revision.ts'
import type { Spec, SpecItem } from './spec-items.ts'

/** The specs with what a revision promises, and the open questions that make sense about it. */
export function specsOfRevision(specs: readonly Spec[], revision: Revision): readonly Spec[] {
  const concerns = (item: SpecItem): boolean => {
    if (item.kind === 'observation') return item.concerns?.(revision) ?? true
    return item.kind === 'property' || applies(revision, item.id)
  }
  return specs.map(({ area, items }) => ({
    area,
    items: items.filter(concerns).map((item) => {
      if (item.kind !== 'property') return item
      return { ...item, ids: item.ids.filter((id) => applies(revision, id)) }
    }),
  }))
}
