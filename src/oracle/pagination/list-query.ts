import { percentEncoded } from '../../contract/percent-encoded.ts'

/** A `next_page` of the target, and the last event of the page that it came with. */
export interface PageCursor {
  readonly cursor: string
  readonly after: string
}

/** What a list request asks for, apart from how it is spelt. */
export interface ListQuery {
  readonly limit?: number
  readonly order?: 'asc' | 'desc'
  readonly after?: string
  readonly before?: string
  readonly page?: PageCursor
  readonly types?: readonly string[]
}

/** The ways in which the contract lets a type filter be written. What a repeated `type` means is left open. */
export type TypeSpelling = 'comma' | 'brackets' | 'encoded-brackets' | 'encoded-in-lower-case'

/** How many records a page has when no limit is asked for (the page). */
export const defaultLimit = 20
/** The largest page (the pagination page). */
export const largestLimit = 100

/**
 * Writes a query as the query string of a URL.
 * @returns text that begins with `?`, or an empty text when nothing is asked for.
 */
export function queryString(query: ListQuery, spelling: TypeSpelling = 'comma'): string {
  const parts: string[] = []
  if (query.limit !== undefined) parts.push(`limit=${query.limit}`)
  if (query.order !== undefined) parts.push(`order=${query.order}`)
  if (query.after !== undefined) parts.push(`after_id=${percentEncoded(query.after)}`)
  if (query.before !== undefined) parts.push(`before_id=${percentEncoded(query.before)}`)
  if (query.page !== undefined) parts.push(`page=${percentEncoded(query.page.cursor)}`)
  parts.push(...spellTypes(query.types ?? [], spelling))
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

/** How the types of a list request are written in its target. */
export function spellingIn(target: string): TypeSpelling {
  if (target.includes('types%5B%5D=')) return 'encoded-brackets'
  if (target.includes('types%5b%5d=')) return 'encoded-in-lower-case'
  return target.includes('types[]=') ? 'brackets' : 'comma'
}

function spellTypes(types: readonly string[], spelling: TypeSpelling): string[] {
  if (types.length === 0) return []
  const encoded = types.map(percentEncoded)
  if (spelling === 'comma') return [`type=${encoded.join(',')}`]
  const name = {
    brackets: 'types[]',
    'encoded-brackets': 'types%5B%5D',
    'encoded-in-lower-case': 'types%5b%5d',
  }[spelling]
  return encoded.map((type) => `${name}=${type}`)
}

/** Whether an id can be sent as a header's value, as Last-Event-ID is. */
export function fitsHeader(id: string): boolean {
  return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(id)
}
