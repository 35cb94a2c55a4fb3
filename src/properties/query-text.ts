import { queryString } from '../oracle/pagination/list-query.ts'
import type { GeneratedQuery } from './generators/queries.ts'

/** A query as a reader would write it: the query of the route, and what goes with it. */
export function queryText(generated: GeneratedQuery): string {
  const about = generated.thread === 0 ? '' : `thread ${generated.thread + 1}: `
  if (generated.ask === 'page') {
    const { accept, query, spelling } = generated
    return `${about}GET …/events${queryString(query, spelling)}${accepted(accept, 'application/json')}`
  }
  if (generated.ask === 'stream') {
    const { types, after, spelling, accept } = generated
    const resumed = after === undefined ? '' : `, Last-Event-ID: ${after}`
    const filter = types === undefined ? '' : queryString({ types }, spelling)
    return `${about}GET …/events${filter}, Accept: ${accept.join(' | ')}${resumed}`
  }
  if (generated.ask === 'foreign') {
    const { side, cursor, order, owner } = generated
    const ordered = order === undefined ? '' : `&order=${order}`
    return `${about}GET …/events?${side}_id=${cursor}${ordered}, an event of thread ${owner + 1}`
  }
  if (generated.ask === 'hostile') {
    const { segment, query, headers, accept } = generated
    const place = segment === undefined ? '…/events' : `…/threads/${segment}/events`
    const lines = headers.map(([name, value]) => `, ${name}: ${value}`).join('')
    return `GET ${place}${query}${accepted(accept, 'application/json')}${lines}`
  }
  const steps = generated.turns.map(({ side, limit }) => {
    const from = side === 'after' ? 'after_id=<last_id>' : 'before_id=<first_id>'
    return `, then ${from}${limit === undefined ? '' : `&limit=${limit}`}`
  })
  return `${about}GET …/events${queryString(generated.query)}${steps.join('')}`
}

function accepted(accept: readonly string[], usual: string): string {
  const text = accept.join(' | ')
  if (text === usual) return ''
  return accept.length === 0 ? ', no Accept' : `, Accept: ${text}`
}
