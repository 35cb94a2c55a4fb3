import type { RequirementId } from '../contract/catalogue.ts'
import type { Extension, Revision } from '../contract/revisions/revision.ts'

/** One thing that a request can use. */
export type Feature =
  | 'limit'
  | 'order'
  | 'after_id'
  | 'before_id'
  | 'page'
  | 'type'
  | 'types[]'
  | 'Accept'
  | 'stream address'
  | 'Last-Event-ID'

/** In which of the three sequences of a thread a feature is used. */
export type Context = 'asc' | 'desc' | 'stream'

/** The features of a request, and the sequence that they are used on. */
export interface RequestFeatures {
  readonly features: ReadonlySet<Feature>
  readonly context: Context
  /** How many header lines the request has. */
  readonly headers: number
}

/** The requirement that promises each feature (the contract, rule 1). */
export const rootOf: Readonly<Record<Feature, RequirementId>> = {
  limit: 'PAG-02',
  order: 'ORD-03',
  after_id: 'PAG-03',
  before_id: 'PAG-04',
  page: 'PAG-21',
  type: 'FLT-01',
  'types[]': 'FLT-03',
  Accept: 'NEG-01',
  'stream address': 'SSE-20',
  'Last-Event-ID': 'SSE-05',
}

/** The extension of a revision that each feature belongs to; the others are in every revision. */
const extensionOf: Readonly<Partial<Record<Feature, Extension>>> = {
  order: 'order',
  type: 'filter',
  'types[]': 'filter',
  page: 'page',
  Accept: 'accept-switch',
}

/** Whether a revision has a feature. */
export function isOffered(feature: Feature, { extensions, stream }: Revision): boolean {
  if (feature === 'stream address') return stream.segment === 'stream'
  const extension = extensionOf[feature]
  return extension === undefined || extensions.has(extension)
}

const parameters: Readonly<Record<string, Feature>> = {
  limit: 'limit',
  after_id: 'after_id',
  before_id: 'before_id',
  page: 'page',
  type: 'type',
  'types[]': 'types[]',
}

/** Whether a revision has a query parameter. Names that no revision has are not excluded. */
export function isOfferedParameter(name: string, revision: Revision): boolean {
  const feature = name === 'order' ? name : parameters[name]
  return feature === undefined || isOffered(feature, revision)
}

/**
 * Reads the features out of a request as it was sent. `order=asc` is what no `order` means, and so uses none.
 * @param request path and query after the base, and the header lines
 */
export function featuresOf(request: {
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
}): RequestFeatures {
  const [path = '', ...rest] = request.target.split('?')
  const query = new URLSearchParams(rest.join('?'))
  const features = new Set<Feature>()
  for (const name of query.keys()) {
    const feature = parameters[name]
    if (feature !== undefined) features.add(feature)
  }
  const descending = query.getAll('order').includes('desc')
  if (descending) features.add('order')
  const addressed = path.endsWith('/stream')
  const negotiated = request.headers.some(
    ([name, value]) => name.toLowerCase() === 'accept' && value.toLowerCase().includes('text/event-stream'),
  )
  const streamed = addressed || negotiated
  if (streamed) features.add(addressed ? 'stream address' : 'Accept')
  if (request.headers.some(([name]) => name.toLowerCase() === 'last-event-id')) features.add('Last-Event-ID')
  const context = streamed ? 'stream' : descending ? 'desc' : 'asc'
  return { features, context, headers: request.headers.length }
}
