import { type Feature, featuresOf, rootOf } from '../capabilities/request-features.ts'
import { type Area, type RequirementId, requirementOf, requirements } from '../contract/catalogue.ts'

/** Requirements without which no page can be compared with the model: its envelope, its events and their order. */
const readingLists: readonly RequirementId[] = [
  ...(['ENV-01', 'ENV-02', 'EVT-01', 'EVT-02', 'ORD-01', 'ISO-01', 'ISO-02'] as const),
  ...(['PAG-01', 'PAG-02', 'PAG-05', 'NEG-03', 'INP-03', 'INP-04'] as const),
]

/** What a requirement of an area stands on, apart from the features of the request. */
const standsOn: Readonly<Partial<Record<Area, readonly RequirementId[]>>> = {
  envelope: readingLists,
  event: ['ENV-02', 'ISO-01', 'ISO-02', ...ofArea('event')],
  order: readingLists,
  isolation: ofArea('isolation'),
  pagination: readingLists,
  filter: readingLists,
  accept: ofArea('accept'),
  stream: [
    ...ofArea('stream'),
    ...ofArea('event'),
    ...(['NEG-01', 'NEG-02', 'ISO-04', 'ORD-01', 'INP-04', 'INP-03'] as const),
  ],
  errors: ofArea('errors'),
  'hostile-input': ofArea('hostile-input'),
}

/**
 * Whether what generated data shows may be a bug that the checks found already: one of the requirement itself, of a
 * feature that the request uses, or of what an answer is read by. Anything else is a bug of its own.
 * @param request the one that shows it, if it is known
 * @param broken the requirements that the checks found broken by themselves
 */
export function isDependentFailure(
  requirement: RequirementId,
  request: Parameters<typeof featuresOf>[0] | undefined,
  broken: ReadonlySet<RequirementId>,
): boolean {
  const features = request === undefined ? new Set<Feature>() : featuresOf(request).features
  const used = [...features].map((feature) => rootOf[feature])
  // `order=asc` is no feature, but a server may read it wrongly.
  const isAscending = request?.target.includes('order=asc') === true
  const filtered = features.has('type') || features.has('types[]') ? ofArea('filter') : []
  const ordered = features.has('order') || isAscending ? ofArea('order') : []
  const base = standsOn[requirementOf(requirement).area] ?? []
  return [requirement, ...used, ...filtered, ...ordered, ...base].some((id) => broken.has(id))
}

function ofArea(area: Area): RequirementId[] {
  return requirements.flatMap((one) => (one.area === area ? [one.id] : []))
}
