import type { RequirementId } from '../../contract/catalogue.ts'
import type { Fault } from '../faults/fault.ts'
import { faults } from '../faults/index.ts'
import type { Cause, ComposedFeature, Composite } from './composite.ts'

/** The feature that each of these requirements is the root of. */
export const featureOfRoot: Partial<Readonly<Record<RequirementId, ComposedFeature>>> = {
  'PAG-02': 'limit',
  'ORD-03': 'order',
  'PAG-03': 'after_id',
  'PAG-04': 'before_id',
  'FLT-01': 'type',
  'FLT-03': 'types[]',
  'NEG-01': 'Accept',
  'SSE-05': 'Last-Event-ID',
  'NFD-01': 'path ids',
  'NFD-02': 'path ids',
  'AUT-02': 'credential',
  'ENV-01': 'list envelope',
  'ERR-01': 'error envelope',
  'EVT-01': 'event fields',
  'SSE-01': 'stream framing',
  'SSE-02': 'stream framing',
}

/** What a fault touches: the features whose roots it breaks, and the requirements that belong to no feature. */
export function touchedBy({ violates }: Fault): ReadonlySet<string> {
  return new Set(violates.map((id) => featureOfRoot[id] ?? id))
}

/** Whether two faults break different features, and neither breaks what relies on the other. */
export function areIndependent(one: Fault, other: Fault): boolean {
  const touched = touchedBy(one)
  if ([...touchedBy(other)].some((feature) => touched.has(feature))) return false
  const reliesOn = (a: Fault, b: Fault) => a.violates.some((id) => b.alsoAffects?.includes(id) === true)
  return !reliesOn(one, other) && !reliesOn(other, one)
}

/**
 * The server that has several faults at once.
 * @throws Error when there is no such fault
 */
export function compositeOf(names: readonly string[], name = names.join('+')): Composite {
  const chosen = names.map(faultNamed)
  const violates = [...new Set(chosen.flatMap((fault) => fault.violates))]
  const affected = chosen.flatMap(({ alsoAffects = [] }) => alsoAffects)
  return {
    name,
    sentence: chosen.map(({ sentence }) => sentence).join(' '),
    overrides: chosen.map(({ override }) => override),
    mustFail: violates,
    mayFail: [...new Set(affected)].filter((id) => !violates.includes(id)),
    blocked: [],
    causes: violates.map((requirement): Cause => ({ requirement })),
  }
}

function faultNamed(name: string): Fault {
  const fault = faults.find((one) => one.name === name)
  if (fault === undefined) throw new Error(`There is no fault ${name}.`)
  return fault
}
