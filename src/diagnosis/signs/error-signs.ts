import type { RequirementId } from '../../contract/catalogue.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../contract/json.ts'
import type { RecordedBody } from '../../record/recorded-answer.ts'
import { unknownThreadIsEmpty } from '../../reference/composites/departures.ts'
import type { ObservedRequest } from '../observed-run.ts'
import { asksForEvents, hasFailed, numbersOf, type SignInput, type Symptom } from './sign.ts'

const fewest = 2
const fix =
  'Send every error, those of the framework too, through one function that writes the error envelope.'

/** Errors of another form, with another status, with internals, and an unknown thread that is answered. */
export function errorSigns(input: SignInput): Symptom[] {
  // Overrides nest: what reads the status of an error comes before what changes it.
  return [
    ...envelopeSigns(input),
    ...plainTextSigns(input),
    ...internalsSigns(input),
    ...statusSigns(input),
    ...credentialStatusSigns(input),
    ...unknownThreadSigns(input),
    ...successStatusSigns(input),
  ]
}

function errorValue(
  { answer: { body } }: ObservedRequest,
  values: readonly JsonValue[],
): JsonObject | undefined {
  const value = body.kind === 'error' ? values[body.value] : undefined
  return isJsonObject(value) ? value : undefined
}

function envelopeSigns({ run, values, record }: SignInput): Symptom[] {
  if (!hasFailed(record, 'ERR-01')) return []
  const errors = run.asked.filter(
    (asked) => asksForEvents(asked) && asked.answer.status >= 400 && errorValue(asked, values) !== undefined,
  )
  const without = errors.filter((asked) => !isJsonObject(errorValue(asked, values)?.error))
  if (without.length < fewest || without.length < 0.9 * errors.length) return []
  const [first] = without
  const seen = (first === undefined ? undefined : errorValue(first, values)) ?? {}
  const text = typeof seen.error === 'string'
  return [
    {
      bug: {
        name: text ? 'error-as-text' : 'error-envelope-missing',
        sentence: text
          ? 'error is a string instead of an object in every error body.'
          : 'No error body has an error object.',
        violates: ['ERR-01'],
        override: () => ({
          errorBody: (_call, { message }) => ({
            ...(seen.type === undefined ? {} : { type: seen.type }),
            ...(text ? { error: message } : { message }),
          }),
        }),
      },
      exchanges: numbersOf(without),
      typicalCause: 'Errors are written by the framework, or follow the convention of another API.',
      suggestedFix: fix,
    },
  ]
}

function plainTextSigns({ run, record }: SignInput): Symptom[] {
  if (!hasFailed(record, 'ERR-01')) return []
  const errors = run.asked.filter(
    (asked) => asksForEvents(asked) && asked.answer.status >= 400 && asked.answer.failure === null,
  )
  const isText = ({ answer: { body } }: ObservedRequest) => body.kind === 'text'
  const statuses = [...new Set(errors.map(({ answer }) => answer.status))].filter((status) => {
    const own = errors.filter(({ answer }) => answer.status === status)
    return own.length >= fewest && own.every(isText)
  })
  const texts = errors.filter(({ answer }) => statuses.includes(answer.status))
  const [first] = texts
  if (first === undefined) return []
  const { body, mediaType } = first.answer
  const text = body.kind === 'text' ? body.text : ''
  return [
    {
      bug: {
        name: 'errors-as-plain-text',
        sentence: `Errors with status ${statuses.toSorted().join(', ')} are plain text without the error envelope.`,
        violates: ['ERR-01', 'ERR-02'],
        override: (base) => ({
          refuse(call, denial) {
            const reply = base.refuse(call, denial)
            return statuses.includes(denial.status)
              ? {
                  ...reply,
                  headers: { ...reply.headers, 'content-type': mediaType ?? '' },
                  body: Buffer.from(text),
                }
              : reply
          },
        }),
      },
      exchanges: numbersOf(texts),
      typicalCause: 'These errors are sent by a proxy, a middleware or the framework, before the route runs.',
      suggestedFix: fix,
    },
  ]
}

function statusSigns({ run, sound, record }: SignInput): Symptom[] {
  const invalid = run.asked.filter(
    (asked) =>
      sound.get(asked.exchange.id)?.status === 400 && asked.answer.status >= 400 && asked.answer.status < 500,
  )
  const other = invalid.filter(({ answer }) => answer.status === 422)
  const broken = record.outcomes.find(
    ({ verdict, findings, id }) =>
      verdict === 'fail' &&
      id.startsWith('PAG') &&
      findings.some(({ exchanges }) => exchanges.some((one) => numbersOf(other).has(one))),
  )
  if (broken === undefined || other.length < fewest || other.length < 0.6 * invalid.length) return []
  return [
    {
      bug: {
        name: 'invalid-query-is-422',
        sentence: 'Invalid query parameters return 422 instead of 400.',
        violates: [broken.id],
        override: (base) => ({
          refuse: (call, denial) =>
            base.refuse(call, denial.status === 400 ? { ...denial, status: 422 } : denial),
        }),
      },
      exchanges: numbersOf(other),
      typicalCause: 'The validation of the framework rejects the request before the route runs.',
      suggestedFix: 'Map validation errors of the framework to 400 invalid_request_error.',
    },
  ]
}

function credentialStatusSigns({ run, sound, record }: SignInput): Symptom[] {
  const unauthenticated = run.asked.filter(
    (asked) =>
      asksForEvents(asked) &&
      sound.get(asked.exchange.id)?.status === 401 &&
      asked.answer.status >= 400 &&
      asked.answer.status < 500,
  )
  const status = unauthenticated[0]?.answer.status
  if (status === undefined || status === 401 || unauthenticated.length < fewest) return []
  if (!hasFailed(record, 'AUT-01') || !hasFailed(record, 'AUT-02')) return []
  if (unauthenticated.some(({ answer }) => answer.status !== status)) return []
  return [
    {
      bug: {
        name: 'unauthenticated-has-another-status',
        sentence: `Requests without valid credentials return ${status} instead of 401.`,
        violates: ['AUT-01', 'AUT-02'],
        override: (base) => ({
          refuse: (call, denial) => base.refuse(call, denial.status === 401 ? { ...denial, status } : denial),
        }),
      },
      exchanges: numbersOf(unauthenticated),
      typicalCause: 'A gateway or a middleware rejects the credentials with a status of its own.',
      suggestedFix: 'Return 401 authentication_error for every credential that is missing or not valid.',
    },
  ]
}

function internalsSigns({ run, values, record }: SignInput): Symptom[] {
  if (!hasFailed(record, 'ERR-04')) return []
  const showing = run.asked.filter((asked) => errorValue(asked, values)?.shows !== undefined)
  const [first] = showing
  if (first === undefined) return []
  const what = String(errorValue(first, values)?.shows)
  const statuses = new Set(showing.map(({ answer }) => answer.status))
  if (!/path/.test(what)) return []
  return [
    {
      bug: {
        name: 'source-path-in-the-message',
        sentence: `Errors with status ${[...statuses].toSorted().join(', ')} show the path of a source file.`,
        violates: ['ERR-04'],
        override: (base) => ({
          refuse: (call, denial) =>
            base.refuse(
              call,
              statuses.has(denial.status)
                ? { ...denial, message: `${denial.message} (raised in /app/src/routes/events.py)` }
                : denial,
            ),
        }),
      },
      exchanges: numbersOf(showing),
      typicalCause: 'The message of an exception is sent to the client.',
      suggestedFix: 'Log the exception, and send a message written for clients.',
    },
  ]
}

const fewestSuccesses = 5

function successStatusSigns({ run, values, sound, record }: SignInput): Symptom[] {
  const refused = run.asked.filter(
    (asked) => asksForEvents(asked) && (sound.get(asked.exchange.id)?.status ?? 0) >= 400,
  )
  const errors = refused.filter(
    ({ answer: { status, body } }) => status >= 200 && status < 300 && showsNoEvents(body),
  )
  const status = errors[0]?.answer.status
  if (status === undefined) return []
  if (errors.length < fewestSuccesses || errors.length < 0.6 * refused.length) return []
  const exchanges = numbersOf(errors)
  const [first, ...others] = record.outcomes
    .filter(
      ({ verdict, findings }) =>
        verdict === 'fail' &&
        findings.length > 0 &&
        findings.every(({ exchanges: cited }) => cited.some((id) => exchanges.has(id))),
    )
    .map(({ id }) => id)
  if (first === undefined) return []
  const seen = errors.flatMap(({ answer: { body } }) => jsonOf(body, values) ?? [])[0]
  return [
    {
      bug: {
        name: 'errors-with-status-200',
        sentence: `Errors are sent with status ${status}, and only their body says that the request failed.`,
        violates: [first, ...others],
        override: (base) => ({
          refuse: (call, denial) => ({ ...base.refuse(call, denial), status }),
          ...(isJsonObject(seen) && !isJsonObject(seen.error) ? { errorBody: () => seen } : {}),
        }),
      },
      exchanges,
      typicalCause: 'The error handler writes the body and leaves the status at its default.',
      suggestedFix: 'Set the status of every error: 400, 401, 403 or 404, as error.type says.',
    },
  ]
}

function showsNoEvents(body: RecordedBody): boolean {
  return body.kind === 'error' || body.kind === 'json' || (body.kind === 'list' && body.rows === null)
}

function jsonOf(body: RecordedBody, values: readonly JsonValue[]): JsonValue | undefined {
  if (body.kind === 'json') return values[body.value]
  return body.kind === 'list' ? { data: null } : undefined
}

function threadOf(target: string): string {
  return /\/threads\/([^/?]+)/.exec(target)?.[1] ?? ''
}

const notFound: readonly RequirementId[] = ['NFD-02', 'NFD-01', 'NFD-03']

function unknownThreadSigns({ run, sound, record }: SignInput): Symptom[] {
  const requirement = notFound.find((id) => hasFailed(record, id))
  if (requirement !== 'NFD-02') return []
  const known = new Set(run.world.sessions.flatMap(({ threads }) => threads.map(({ id }) => id)))
  // What a cursor or a filter leaves of another thread may be empty too. A thread of another session is not unknown.
  const answered = run.asked.filter(
    ({ exchange, answer: { status, body } }) =>
      sound.get(exchange.id)?.status === 404 &&
      !known.has(threadOf(exchange.request.target)) &&
      status === 200 &&
      body.kind === 'list' &&
      !/[?&](after_id|before_id|type)/.test(exchange.request.target),
  )
  const empty = answered.filter(({ answer: { body } }) => body.kind === 'list' && body.rows?.length === 0)
  if (empty.length < answered.length) return []
  if (empty.length < fewest) return []
  return [
    {
      bug: {
        name: 'unknown-thread-is-empty',
        sentence: 'An unknown thread returns 200 and an empty list instead of 404.',
        violates: ['NFD-02'],
        override: unknownThreadIsEmpty,
      },
      exchanges: numbersOf(empty),
      typicalCause: 'Events are queried by thread id without looking up the thread.',
      suggestedFix:
        'Look up session and thread together for the caller, and answer 404 not_found_error before the query is read.',
    },
  ]
}
