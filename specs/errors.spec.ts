import { overHistory } from '../src/check/check.ts'
import { spec } from '../src/check/declare.ts'
import { collect } from '../src/check/judge-each.ts'
import type { History } from '../src/oracle/history.ts'
import {
  type ErrorJudge,
  judgeErrorBody,
  judgeErrorMediaType,
  judgeErrorMessage,
  judgeErrorType,
} from '../src/oracle/judge-error.ts'

const anError = {
  missing: 'an error answer',
  provide: 'Run the authentication and not-found areas as well: their requests must be refused.',
}

const eachAnswer = (judge: ErrorJudge) => (history: History) => collect(history.exchanges.map(judge))

export default spec('errors', [
  overHistory('ERR-01', anError, eachAnswer(judgeErrorBody)),
  overHistory('ERR-02', anError, eachAnswer(judgeErrorMediaType)),
  overHistory('ERR-03', { ...anError, blockedBy: ['ERR-01'] }, eachAnswer(judgeErrorType)),
  overHistory('ERR-04', anError, eachAnswer(judgeErrorMessage)),
])
