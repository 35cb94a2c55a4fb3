import { overHistory } from '../src/check/check.ts'
import { spec } from '../src/check/declare.ts'
import { eachList } from '../src/check/judge-each.ts'
import {
  judgeEmpty,
  judgeEnds,
  judgeHasMore,
  judgeRepresentation,
  judgeShape,
} from '../src/oracle/judge-envelope.ts'

const aList = {
  missing: 'a readable list',
  blockedBy: ['NEG-03', 'ENV-01', 'ENV-02', 'INP-04'],
  provide: 'Set CONFORMANCE_SESSION_ID and CONFORMANCE_THREAD_ID to a thread that the token may read.',
} as const
const records = {
  missing: 'a page with records',
  provide: 'Point CONFORMANCE_THREAD_ID to a thread with events in it.',
  blockedBy: aList.blockedBy,
}

export default spec('envelope', [
  overHistory('ENV-01', aList, eachList(judgeShape)),
  overHistory('ENV-02', aList, eachList(judgeRepresentation)),
  overHistory('ENV-03', records, eachList(judgeEnds)),
  overHistory(
    'ENV-04',
    {
      ...aList,
      missing: 'an empty page',
      blockedBy: [...aList.blockedBy, 'EVT-01', 'PAG-03', 'PAG-04', 'FLT-01'],
    },
    eachList(judgeEmpty),
  ),
  overHistory(
    'ENV-05',
    {
      missing: 'pages both with and without events beyond them',
      blockedBy: [...aList.blockedBy, 'PAG-02', 'PAG-03'],
      provide: 'Point CONFORMANCE_THREAD_ID to a thread with at least two events.',
    },
    (history) => {
      const verdict = eachList(judgeHasMore)(history)
      const values = new Set(
        history.lists.map(({ page }) => (typeof page === 'string' ? undefined : page.hasMore)),
      )
      const bothSeen = values.has(true) && values.has(false)
      return verdict.findings.length > 0 || bothSeen ? verdict : { findings: [], judged: 0 }
    },
  ),
])
