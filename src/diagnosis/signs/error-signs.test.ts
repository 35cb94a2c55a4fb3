import { expect, test } from 'vitest'
import type { JsonValue } from '../../contract/json.ts'
import type { RecordedAnswer } from '../../record/recorded-answer.ts'
import { recordOf } from '../../record/run-record-fixture.ts'
import type { Outcome } from '../../verdict/outcome.ts'
import { observedRequest } from '../observed-request-fixture.ts'
import { errorSigns } from './error-signs.ts'

const failed: Outcome = { id: 'ERR-01', verdict: 'fail', judged: 1, findings: [] }

const aFinding = (exchanges: readonly number[]) => ({
  kind: 'status',
  message: '',
  expected: '',
  actual: '',
  exchanges,
})

function signsOf(...answers: readonly [status: number, text: string | undefined][]) {
  const asked = answers.map(([status, text], at) =>
    observedRequest(at + 1, {
      status,
      mediaType: text === undefined ? 'application/json' : 'text/plain',
      body: text === undefined ? { kind: 'error', value: 0, message: '' } : { kind: 'text', text },
    }),
  )
  const values = [{ type: 'error', error: { type: 'not_found_error', message: 'No such thread.' } }]
  const run = { asked, world: { version: 1 as const, sessions: [] }, setupActions: [] }
  return errorSigns({ record: recordOf([failed]), run, values, sound: new Map() })
}

test('a status whose errors are always plain text is named', () => {
  const [sign, ...others] = signsOf([401, 'Unauthorized'], [401, 'Unauthorized'], [404, undefined])
  expect(others).toEqual([])
  expect(sign?.bug.sentence).toBe('Errors with status 401 are plain text without the error envelope.')
  expect([...(sign?.exchanges ?? [])]).toEqual([1, 2])
})

test('one plain text, or a status with both forms, is no rule', () => {
  expect(signsOf([401, 'Unauthorized'], [404, undefined])).toEqual([])
  expect(signsOf([404, 'Not Found'], [404, 'Not Found'], [404, undefined])).toEqual([])
})

/** Responses to requests that a correct server refuses, and the requirements that fail with the first of them. */
function refusedSigns(
  right: number,
  ids: readonly Outcome['id'][],
  answers: readonly Partial<RecordedAnswer>[],
  values: readonly JsonValue[] = [],
) {
  const asked = answers.map((answer, at) => observedRequest(at + 1, answer))
  const sound = new Map(asked.map(({ exchange, answer }) => [exchange.id, { ...answer, status: right }]))
  const outcomes = ids.map((id): Outcome => ({ id, verdict: 'fail', judged: 1, findings: [aFinding([1])] }))
  const run = { asked, world: { version: 1 as const, sessions: [] }, setupActions: [] }
  return errorSigns({ record: recordOf(outcomes), run, values, sound }).map(({ bug }) => bug)
}

test('one status of all requests without valid credentials is one cause', () => {
  const forbidden = { status: 403 }
  const [bug] = refusedSigns(401, ['AUT-01', 'AUT-02'], [forbidden, forbidden, forbidden])
  expect(bug?.sentence).toBe('Requests without valid credentials return 403 instead of 401.')
  expect(bug?.violates).toEqual(['AUT-01', 'AUT-02'])
  expect(refusedSigns(401, ['AUT-01', 'AUT-02'], [forbidden, { status: 400 }])).toEqual([])
})

test('errors of any form with status 200 are one cause of all that they fail', () => {
  const body = { kind: 'json' as const, value: 0 }
  const values = [{ errors: [{ message: 'No such thread.' }] }]
  const [bug] = refusedSigns(404, ['NFD-01', 'PAG-09'], Array(5).fill({ body }), values)
  expect(bug?.sentence).toContain('Errors are sent with status 200')
  expect(bug?.violates).toEqual(['NFD-01', 'PAG-09'])
})

test('a list is not an error with status 200', () => {
  expect(refusedSigns(404, ['NFD-01'], Array(5).fill({}))).toEqual([])
})
