import { isJsonObject, type JsonValue } from '../../../contract/json.ts'
import type { Denial } from '../../behaviour/denial.ts'
import type { Behaviour } from '../../behaviour.ts'
import type { Fault } from '../fault.ts'

/** Changes the body of every error. */
function body(change: (right: JsonValue, denial: Denial) => JsonValue) {
  return (base: Behaviour): Partial<Behaviour> => ({
    errorBody: (call, denial) => change(base.errorBody(call, denial), denial),
  })
}

/** Changes the message of some errors. */
function message(when: (denial: Denial) => boolean, text: string) {
  return (base: Behaviour): Partial<Behaviour> => ({
    refuse: (call, denial) => base.refuse(call, when(denial) ? { ...denial, message: text } : denial),
  })
}

/** Replaces some refusals. */
function denial(change: (denial: Denial) => Denial) {
  return (base: Behaviour): Partial<Behaviour> => ({
    refuse: (call, right) => base.refuse(call, change(right)),
  })
}

export const errorBodyFaults: readonly Fault[] = [
  {
    name: 'error-as-text',
    sentence: '`error` is a string instead of an object.',
    violates: ['ERR-01'],
    alsoAffects: [
      'NFD-04',
      'SSE-10',
      'AUT-01',
      'AUT-02',
      'AUT-03',
      'AUT-04',
      'AUT-05',
      'AUT-06',
      'NFD-01',
      'NFD-02',
      'NFD-03',
      'NFD-05',
      'PAG-08',
      'PAG-09',
      'PAG-15',
    ],
    override: body((_right, { message: text }) => ({ type: 'error', error: text })),
  },
  {
    name: 'error-without-type-field',
    sentence: 'The envelope lacks `"type": "error"`.',
    violates: ['ERR-01'],
    alsoAffects: ['NFD-04', 'SSE-10'],
    override: body((right) => (isJsonObject(right) ? { error: right.error ?? null } : right)),
  },
  {
    name: 'error-message-empty',
    sentence: 'The message of a 404 is empty.',
    violates: ['ERR-01'],
    alsoAffects: ['NFD-04', 'SSE-10'],
    override: message(({ status }) => status === 404, ''),
  },
  {
    name: 'error-message-missing-for-queries',
    sentence: 'Errors about the query have a `detail` instead of a `message`.',
    violates: ['ERR-01'],
    override: body((right, { type, param }) =>
      type === 'invalid_request_error' && param !== undefined
        ? { type: 'error', error: { type, detail: 'See the documentation.' } }
        : right,
    ),
  },
  {
    name: 'errors-as-html-type',
    sentence: 'Errors are JSON with the media type text/html.',
    violates: ['ERR-02'],
    alsoAffects: ['SSE-10'],
    seen: 'A framework’s default Content-Type.',
    override: (base) => ({
      errorHeaders: (call, right) => ({ ...base.errorHeaders(call, right), 'content-type': 'text/html' }),
    }),
  },
  {
    name: 'query-errors-as-problem-json',
    sentence: 'Errors about the query have the media type application/problem+json.',
    violates: ['ERR-02'],
    override: (base) => ({
      errorHeaders: (call, right) =>
        right.param === undefined
          ? base.errorHeaders(call, right)
          : { ...base.errorHeaders(call, right), 'content-type': 'application/problem+json' },
    }),
  },
  {
    name: 'query-errors-typed-api-error',
    sentence: 'A 400 has the type `api_error`.',
    violates: ['ERR-03'],
    alsoAffects: ['PAG-08', 'PAG-09', 'PAG-15'],
    override: denial((right) => (right.status === 400 ? { ...right, type: 'api_error' } : right)),
  },
  {
    name: 'unknown-cursor-typed-not-found',
    sentence: 'An unknown cursor returns 400 with the type `not_found_error`.',
    violates: ['ERR-03'],
    override: (base) => ({
      beyondCursor(call, sequence) {
        const right = base.beyondCursor(call, sequence)
        return 'denied' in right ? { ...right, type: 'not_found_error' } : right
      },
    }),
  },
  {
    name: 'stack-trace-in-the-message',
    sentence: 'The message of a 400 ends in a stack trace.',
    violates: ['ERR-04'],
    seen: 'res.json({ message: error.stack }).',
    override: message(
      ({ status }) => status === 400,
      'Bad limit\n    at parse (/srv/api/dist/query.js:41:13)\n    at handle (/srv/api/dist/app.js:9:5)',
    ),
  },
  {
    name: 'sql-in-the-message',
    sentence: 'The message of a 404 contains the database query.',
    violates: ['ERR-04'],
    override: message(({ status }) => status === 404, 'No rows: SELECT * FROM threads WHERE id = $1 LIMIT 1'),
  },
  {
    name: 'traceback-for-unknown-cursors',
    sentence: 'The error for an unknown cursor contains a Python traceback.',
    violates: ['ERR-04'],
    override: message(
      ({ param }) => param === 'after_id',
      'Traceback (most recent call last): File "events.py", line 88, in page',
    ),
  },
]
