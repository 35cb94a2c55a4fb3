import {
  type ErrorJudge,
  judgeErrorBody,
  judgeErrorMediaType,
  judgeErrorMessage,
  judgeErrorType,
} from '../src/oracle/errors/error-envelope.ts'
import type { History } from '../src/oracle/history.ts'
import { defineSpec } from '../src/spec-dsl/define-spec.ts'
import { collect } from '../src/spec-dsl/over-history.ts'
import { overHistory } from '../src/spec-dsl/spec-items.ts'

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
])
