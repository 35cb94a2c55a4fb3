import { judgeHasMoreSoFar } from '../src/oracle/envelope/end-of-thread.ts'
import {
  judgeEmpty,
  judgeEnds,
  judgeHasMore,
  judgeRepresentation,
  judgeShape,
} from '../src/oracle/envelope/envelope.ts'
import type { ListExchange } from '../src/oracle/history.ts'
import { judgeWindow } from '../src/oracle/pagination/page-window.ts'
import { browserHeaders, proxyHeaders, singleHeaders } from '../src/spec-dsl/client-headers.ts'
import { defineSpec } from '../src/spec-dsl/define-spec.ts'
import { isThorough } from '../src/spec-dsl/is-thorough.ts'
import { eachList } from '../src/spec-dsl/over-history.ts'
import { overHistory } from '../src/spec-dsl/spec-items.ts'
import { thread } from '../src/targets/preconditions.ts'

const aList = {
  missing: 'a readable list',
  blockedBy: ['NEG-03', 'ENV-01', 'ENV-02', 'INP-04'],
  provide: 'Set CONFORMANCE_SESSION_ID and CONFORMANCE_THREAD_ID to a thread that the token may read.',
} as const
const records = {
  missing: 'a page with events',
  provide: 'Point CONFORMANCE_THREAD_ID to a thread with events.',
  blockedBy: aList.blockedBy,
}

export default defineSpec('envelope', [
  overHistory(
    'ENV-01',
    'A list is answered with 200 and a JSON object that has `data` (array), `first_id`, `last_id` and `has_more`. Other fields are allowed.',
    aList,
    eachList(judgeShape),
    {
      needs: [thread],
      // What clients, browsers and proxies add to a request leaves the list as it is.
      run: async (t) => {
        const plain = await t.list()
        const lists = await Promise.all(
          [browserHeaders, proxyHeaders].map(({ headers }) => t.list({}, { headers })),
        )
        // One header that changes the list may hide what another does.
        const differs = lists.some(
          (list) => typeof list.page !== typeof plain.page || hasWrongEvents(list) !== hasWrongEvents(plain),
        )
        const further = differs || isThorough(t.state) ? singleHeaders : []
        await Promise.all(further.map(({ headers }) => t.list({}, { headers })))
      },
    },
  ),
  overHistory(
    'ENV-02',
    'The media type of a list is `application/json`, and the body is valid JSON in UTF-8.',
    aList,
    eachList(judgeRepresentation),
  ),
  overHistory(
    'ENV-03',
    '`first_id` and `last_id` are the ids of the first and last event of the page.',
    records,
    eachList(judgeEnds),
  ),
  overHistory(
    'ENV-04',
    'An empty page has `data: []`, `first_id: null` and `last_id: null`.',
    {
      ...aList,
      missing: 'an empty page',
      blockedBy: [...aList.blockedBy, 'EVT-01', 'PAG-03', 'PAG-04', 'FLT-01'],
    },
    eachList(judgeEmpty),
  ),
  overHistory(
    'ENV-05',
    '`has_more` is a boolean. It is true exactly when more events follow in the direction of paging, at every page size, with and without a filter.',
    {
      missing: 'both pages that are followed by more events and pages that are not',
      blockedBy: [...aList.blockedBy, 'PAG-02', 'PAG-03'],
      provide: 'Point CONFORMANCE_THREAD_ID to a thread with at least two events.',
    },
    (history) => {
      const { lists, endedEarly } = history
      const judge = endedEarly ? (list: ListExchange) => judgeHasMoreSoFar(list, lists) : judgeHasMore
      const verdict = eachList(judge)(history)
      const values = new Set(
        history.lists.map(({ page }) => (typeof page === 'string' ? undefined : page.hasMore)),
      )
      const bothSeen = values.has(true) && values.has(false)
      return verdict.findings.length > 0 || bothSeen ? verdict : { findings: [], judged: 0 }
    },
  ),
])

function hasWrongEvents(list: ListExchange): boolean {
  return typeof list.page !== 'string' && typeof judgeWindow(list, list.page) === 'object'
}
