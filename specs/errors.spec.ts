import {
  type ErrorJudge,
  judgeErrorBody,
  judgeErrorMediaType,
  judgeErrorMessage,
  judgeErrorType,
} from '../src/oracle/errors/error-envelope.ts'
import { judgeRequestId } from '../src/oracle/errors/request-id.ts'
import type { History } from '../src/oracle/history.ts'
import { defineSpec } from '../src/spec-dsl/define-spec.ts'
import { collect } from '../src/spec-dsl/over-history.ts'
import { overHistory } from '../src/spec-dsl/spec-items.ts'
import { thread } from '../src/targets/preconditions.ts'
import { streamAccept } from '../src/targets/route-client.ts'
import { unknownIdFor } from '../src/targets/unknown-ids.ts'

const anError = {
  missing: 'an error response',
  provide: 'Include the authentication and not-found areas in the run: their requests must be refused.',
}

const eachAnswer = (judge: ErrorJudge) => (history: History) => collect(history.exchanges.map(judge))

export default defineSpec('errors', [
  overHistory(
    'ERR-01',
    'Every error answer of the API has the envelope: `type: "error"`, `error.type` and a non-empty `error.message`.',
    anError,
    eachAnswer(judgeErrorBody),
  ),
  overHistory('ERR-02', 'Its media type is `application/json`.', anError, eachAnswer(judgeErrorMediaType)),
  overHistory(
    'ERR-03',
    'Status and `error.type` match: 400 `invalid_request_error`, 401 `authentication_error`, 403 `permission_error`, 404 `not_found_error`, 409 `conflict_error`, 500 `api_error`.',
    { ...anError, blockedBy: ['ERR-01'] },
    eachAnswer(judgeErrorType),
  ),
  overHistory(
    'ERR-04',
    'No message contains a stack trace, a file path or a database query.',
    anError,
    eachAnswer(judgeErrorMessage),
  ),
  overHistory(
    'ERR-05',
    'Every error answer of the API has a top-level `request_id`: the `x-request-id` of the request, or a new UUID.',
    { ...anError, blockedBy: ['ERR-01'] },
    ({ exchanges }) => {
      const seen = new Map<string, number>()
      return collect(exchanges.map((exchange) => judgeRequestId(exchange, seen)))
    },
    {
      needs: [thread],
      run: async (t) => {
        const headers = [['x-request-id', 'conformance-7f3a']] as const
        const { threadId } = t.address
        await Promise.all([
          t.ask({ query: '?limit=0', headers }),
          t.ask({ authorization: null, headers }),
          t.ask({ threadId: unknownIdFor(t.state, threadId), headers }),
          t.ask({ threadId: unknownIdFor(t.state, threadId), headers, accept: streamAccept }),
        ])
      },
    },
  ),
])
