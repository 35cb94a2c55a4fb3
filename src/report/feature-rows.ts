import type { ReportedCapability } from './feature-table.ts'
import type { Report, ReportedExchange } from './model.ts'

/** A row of the feature table: features with one state, and the evidence. */
export interface FeatureRow {
  readonly features: readonly string[]
  readonly state: ReportedCapability['state']
  readonly requirements: readonly string[]
  readonly detail: string
  /** The request that shows it, shortened. */
  readonly request: string
}

/** Features that share a row if their state is the same. */
const families: readonly (readonly string[])[] = [
  ['limit', 'order'],
  ['after_id', 'before_id', 'page'],
  ['type', 'types[]'],
  ['Accept', 'stream address', 'Last-Event-ID'],
  ['has_more', 'next_page', 'first_id', 'last_id'],
  ['session id', 'thread id'],
  ['credential', 'error body'],
]

/** The feature table, with adjacent features of the same state and detail in one row. */
export function featureRows({ capabilities, exchanges }: Report): FeatureRow[] {
  // If no feature was tested, there is no table.
  if (capabilities.every(({ state }) => state === 'unknown')) return []
  const groups: ReportedCapability[][] = []
  for (const one of capabilities) {
    const last = groups.at(-1)
    const [first] = last ?? []
    if (last !== undefined && first !== undefined && standTogether(first, one)) last.push(one)
    else groups.push([one])
  }
  return groups.flatMap((group): FeatureRow[] => {
    const [first] = group
    if (first === undefined) return []
    const exchange = exchanges.find(({ id }) => id === first.exchange)
    const isKnown = first.state === 'works' || first.state === 'unknown'
    return [
      {
        features: group.map(({ feature }) => feature),
        state: first.state,
        requirements: isKnown ? [] : [...new Set(group.map(({ requirement }) => requirement))],
        detail: first.detail ?? '',
        request: isKnown || exchange === undefined ? '' : shortRequest(exchange),
      },
    ]
  })
}

function standTogether(one: ReportedCapability, other: ReportedCapability): boolean {
  return (
    one.state === other.state &&
    (one.detail ?? '') === (other.detail ?? '') &&
    families.some((family) => family.includes(one.feature) && family.includes(other.feature))
  )
}

/** Headers that every request has, or that say nothing about its answer. */
const usual = new Set(['accept', 'authorization', 'user-agent', 'x-conformance-run', 'traceparent'])
const mostHeaders = 2
const longestHeader = 50

/** A request in short form: `GET …/events?limit=2`, with a special Accept header and what else was sent. */
export function shortRequest({ method, target, request_headers }: ReportedExchange): string {
  const path = target.split('?')[0] ?? ''
  const query = target.slice(path.length)
  const name = path.replace(/^.*\/(?=(events|stream)$)/, '…/')
  const accept = request_headers
    .filter(([header]) => header.toLowerCase() === 'accept')
    .map(([, value]) => value)
    .join(', ')
  const plain = accept === '' || accept === 'application/json'
  return `${method} ${name}${shortIds(query)}${plain ? '' : `   Accept: ${accept}`}${furtherHeaders(request_headers)}`
}

// Configured headers are sent with every request. Their values are placeholders.
function furtherHeaders(headers: ReportedExchange['request_headers']): string {
  const further = headers.filter(
    ([name, value]) => !usual.has(name.toLowerCase()) && !value.includes('$CONFORMANCE_'),
  )
  if (further.length > mostHeaders) return `   and ${further.length} further headers`
  return further
    .map(([name, value]) => `   ${name}: ${shortIds(value)}`)
    .map((text) => (text.length > longestHeader ? `${text.slice(0, longestHeader)}…` : text))
    .join('')
}

const keptStart = 4
const keptEnd = 4

/** Long ids of a text as `evt_b1c2…77a0`: the same form wherever ids are shortened. */
export function shortIds(text: string): string {
  return text.replace(
    /\b([a-z]{2,8}_)([A-Za-z0-9]{12,})\b/g,
    (_id, prefix: string, rest: string) => `${prefix}${rest.slice(0, keptStart)}…${rest.slice(-keptEnd)}`,
  )
}
