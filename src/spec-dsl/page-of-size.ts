import type { ListExchange } from '../oracle/history.ts'
import type { ListQuery } from '../oracle/pagination/list-query.ts'
import type { CheckContext } from './check-context.ts'

/** The size of a page that is requested as browsers do: compression goes wrong where a response is long. */
const compressedSize = 99

/** Requests a page whose size is judged (PAG-02). */
export function pageOfSize(t: CheckContext, query: ListQuery): Promise<ListExchange> {
  const compressed = query.limit === compressedSize && query.after === undefined
  return t.list(query, compressed ? { headers: [['Accept-Encoding', 'gzip, deflate, br']] } : {})
}
