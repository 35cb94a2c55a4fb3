import { expect, test } from 'vitest'
import { recordOf } from '../../record/run-record-fixture.ts'
import type { Outcome } from '../../verdict/outcome.ts'
import { observedRequest } from '../observed-request-fixture.ts'
import { errorSigns } from './error-signs.ts'

const failed: Outcome = { id: 'ERR-01', verdict: 'fail', judged: 1, findings: [] }

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
