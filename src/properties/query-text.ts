import { queryString } from '../oracle/pagination/list-query.ts'
import type { GeneratedQuery } from './generators/queries.ts'

/** A question as a reader would write it: the query of the route, and what goes with it. */
export function queryText(question: GeneratedQuery): string {
  const about = question.thread === 0 ? '' : `thread ${question.thread + 1}: `
  if (question.ask === 'page') {
    const { accept, query, spelling } = question
    return `${about}GET …/events${queryString(query, spelling)}${accepted(accept, 'application/json')}`
  }
  if (question.ask === 'stream') {
    const { types, after, spelling, accept } = question
    const resumed = after === undefined ? '' : `, Last-Event-ID: ${after}`
    const filter = types === undefined ? '' : queryString({ types }, spelling)
    return `${about}GET …/events${filter}, Accept: ${accept.join(' | ')}${resumed}`
  }
  if (question.ask === 'strange') {
    const { side, cursor, order, owner } = question
    const ordered = order === undefined ? '' : `&order=${order}`
    return `${about}GET …/events?${side}_id=${cursor}${ordered}, an event of thread ${owner + 1}`
  }
  if (question.ask === 'hostile') {
    const { segment, query, headers, accept } = question
    const place = segment === undefined ? '…/events' : `…/threads/${segment}/events`
    const lines = headers.map(([name, value]) => `, ${name}: ${value}`).join('')
    return `GET ${place}${query}${accepted(accept, 'application/json')}${lines}`
  }
  const steps = question.turns.map(({ side, limit }) => {
    const from = side === 'after' ? 'after_id=<last_id>' : 'before_id=<first_id>'
    return `, then ${from}${limit === undefined ? '' : `&limit=${limit}`}`
  })
  return `${about}GET …/events${queryString(question.query)}${steps.join('')}`
}

function accepted(accept: readonly string[], usual: string): string {
  const text = accept.join(' | ')
  if (text === usual) return ''
  return accept.length === 0 ? ', no Accept' : `, Accept: ${text}`
}
