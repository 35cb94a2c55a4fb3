import type { RequirementId } from '../../contract/catalogue.ts'
import type { Exchange } from '../../wire/exchange.ts'
import type { History } from '../history.ts'

/**
 * The requirements whose failures explain a 5xx response to a hostile request: INP-04 if a valid request with some of
 * the same parameters crashes too, NFD-02 if a well-formed id of an unknown thread does.
 */
export function causesOfCrash(exchange: Exchange, { exchanges, lists, streams }: History): RequirementId[] {
  const crashed = ({ response }: Exchange) => (response?.status ?? 0) >= 500
  if (!crashed(exchange)) return []
  const [path, own] = [pathOf(exchange), namesIn(exchange)]
  const valid = [...lists, ...streams].map((one) => one.exchange)
  const sameParameters = valid.some((one) => {
    const used = namesIn(one).filter((name) => name !== 'limit')
    return crashed(one) && used.length > 0 && used.every((name) => own.includes(name))
  })
  if (sameParameters) return ['INP-04']
  const [session, thread] = path.split('/threads/')
  const isUnknown = valid.some((one) => pathOf(one).startsWith(`${session}/threads/`) && pathOf(one) !== path)
  const anyThread = exchanges.some((one) => {
    const [inSession, other = ''] = pathOf(one).split('/threads/')
    const isPlain = inSession === session && other !== thread && /^sthr_\w+\/events$/.test(other)
    return isPlain && crashed(one) && !valid.some((list) => pathOf(list) === pathOf(one))
  })
  return isUnknown && own.length === 0 && anyThread ? ['NFD-02'] : []
}

function pathOf({ request: { target } }: Exchange): string {
  return target.split('?')[0] ?? ''
}

function namesIn({ request: { target } }: Exchange): string[] {
  return [...new URLSearchParams(target.split('?').slice(1).join('?')).keys()]
}
