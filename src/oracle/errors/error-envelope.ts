import { jsonProblem, parseJson } from '../../contract/json.ts'
import { schemaProblem } from '../../contract/schemas.ts'
import type { Exchange } from '../../wire/exchange.ts'
import { isBeforeRoute } from '../before-route.ts'
import type { Finding } from '../finding.ts'
import type { JudgeResult } from '../judge-result.ts'
import { headerValues, mediaType } from '../media-type.ts'
import { errorType } from './refusal.ts'

/** `error.type` by status, as documented; other statuses are not documented. */
const typeOfStatus: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  409: 'conflict_error',
  500: 'api_error',
}

/** A judge of one response: undecided if it is not an error. */
export type ErrorJudge = (exchange: Exchange) => JudgeResult

/** ERR-01: the body of an error validates against the error schema. */
export const judgeErrorBody: ErrorJudge = (exchange) => {
  const body = envelopeBody(exchange)
  if (body === undefined) return 'undecided'
  const value = parseJson(body)
  const problem = value === undefined ? jsonProblem(body) : schemaProblem('error', value)
  return problem === undefined
    ? undefined
    : errorFinding(
        exchange,
        'schema',
        `its body is not the error envelope: ${problem}`,
        'the error envelope',
        body,
      )
}

/** ERR-02: the media type of an error is `application/json`. */
export const judgeErrorMediaType: ErrorJudge = (exchange) => {
  const body = envelopeBody(exchange)
  const { response } = exchange
  if (body === undefined || response === undefined) return 'undecided'
  if (mediaType(response) === 'application/json') return undefined
  const actual = headerValues(response, 'content-type').join(' | ') || 'no Content-Type'
  return errorFinding(exchange, 'media-type', `its media type is ${actual}`, 'application/json', actual)
}

/** ERR-03: status and `error.type` match the documented mapping. */
export const judgeErrorType: ErrorJudge = (exchange) => {
  const body = envelopeBody(exchange)
  const expected = typeOfStatus[exchange.response?.status ?? 0]
  const actual = body === undefined ? undefined : errorType(body)
  if (expected === undefined || actual === undefined) return 'undecided'
  if (actual === expected) return undefined
  return errorFinding(exchange, 'error-type', `error.type is ${JSON.stringify(actual)}`, expected, actual)
}

const internals: readonly (readonly [RegExp, string])[] = [
  [/\bat [\w.<>$ ]+ ?\(?(?:file:|node:|\/|[A-Z]:\\)[^\s)]+:\d+(?::\d+)?/, 'a JavaScript stack trace'],
  [/Traceback \(most recent call last\)|File "[^"]+", line \d+/, 'a Python stack trace'],
  [/\bat [\w$.]+\([\w$]+\.(?:java|kt|scala):\d+\)/, 'a Java stack trace'],
  [/\bgoroutine \d+ \[|panic: .+\n/, 'a Go stack trace'],
  [/\b\w+\.(?:ts|js|mjs|py|rb|go|java|php|rs|cs):\d+\b/, 'a source file and line'],
  // Behind a host name it is the path of a URL.
  [/(?<![\w.-])\/(?:usr|home|var|opt|srv|root|app|etc)\/[\w.-]+\/[\w./-]+/, 'a file path'],
  [/\b[A-Z]:\\\w+\\[\w\\.-]+/, 'a file path'],
  [
    /\bSELECT\b[\s\S]{1,400}\bFROM\b|\bWHERE\b[\s\S]{1,200}(?:=|<|>)\s*(?:\$\d|\?|')|\bINSERT INTO\b/,
    'query text',
  ],
  [/\b(?:syntax error at or near|SQLSTATE|relation "[^"]+" does not exist|ORA-\d{5})/, 'a database error'],
]

/** ERR-04: the message shows no stack trace, file path or query text of the server. */
export const judgeErrorMessage: ErrorJudge = (exchange) => {
  const body = errorBody(exchange)
  if (body === undefined || body === '') return 'undecided'
  const hit = internalsIn(body, exchange.request.target)
  if (hit === undefined) return undefined
  return errorFinding(
    exchange,
    'internals',
    `its body contains ${hit.what}`,
    'no server internals',
    hit.shown,
  )
}

/** The first server internal in the body of an error. */
export function internalsIn(
  body: string,
  asked: string,
): { readonly what: string; readonly shown: string } | undefined {
  // An error may repeat what the request contained.
  const text = JSON.stringify(parseJson(body) ?? body)
    .replaceAll('\\n', '\n')
    .replaceAll('\\"', '"')
    .replaceAll('\\\\', '\\')
    .replaceAll(asked, '')
    .replaceAll(decoded(asked), '')
  const hit = internals.find(([pattern]) => pattern.test(text))
  if (hit === undefined) return undefined
  const [pattern, what] = hit
  return { what, shown: pattern.exec(text)?.[0].slice(0, 120) ?? '' }
}

function errorBody(exchange: Exchange): string | undefined {
  const { response, request, stream, failure, origin } = exchange
  if (response === undefined || response.status < 400 || response.status === 429) return undefined
  if (origin !== undefined || request.method === 'HEAD' || stream !== undefined || failure !== undefined)
    return undefined
  return response.body
}

// A response from before the route ran needs no envelope, but is judged if it has one.
function envelopeBody(exchange: Exchange): string | undefined {
  const body = errorBody(exchange)
  if (body === undefined || !isBeforeRoute(exchange)) return body
  return errorType(body) === undefined ? undefined : body
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target)
  } catch {
    return target
  }
}

function errorFinding(
  { id, response, request }: Exchange,
  kind: string,
  what: string,
  expected: string,
  actual: string,
): Finding {
  return {
    kind: `${kind} ${response?.status ?? ''}`,
    message: `${request.target.slice(0, 100)} returned ${response?.status ?? 'an error'}, but ${what}.`,
    expected,
    actual: actual.slice(0, 200),
    exchanges: [id],
  }
}
