import { expect, test } from 'vitest'
import type { JsonValue } from '../../contract/json.ts'
import { recordOf } from '../../record/run-record-fixture.ts'
import type { Outcome } from '../../verdict/outcome.ts'
import { observedRequest } from '../observed-request-fixture.ts'
import { streamSigns } from './stream-signs.ts'

const failed: Outcome = { id: 'SSE-02', verdict: 'fail', judged: 1, findings: [] }
const event = (at: number) => ({ id: `evt_${at}`, type: 'user.message', created_at: '2026-01-01T00:00:00Z' })

function signsOf(data: readonly JsonValue[]) {
  const frames = data.map((_, value) => ({ id: null, event: null, value }))
  const asked = [observedRequest(1, { body: { kind: 'stream', frames, ended: false } })]
  const run = { asked, world: { version: 1 as const, sessions: [] }, setupActions: [] }
  return streamSigns({ record: recordOf([failed]), run, values: data, sound: new Map() })
}

test('data that holds the event in one field is named by that field', () => {
  const [sign] = signsOf([1, 2, 3].map((at) => ({ kind: 'event', payload: event(at) })))
  expect(sign?.bug.sentence).toBe(
    'The data of every frame holds the event in payload instead of being the event.',
  )
})

test('events themselves, and data that holds them in some frames only, are no such rule', () => {
  expect(signsOf([1, 2, 3].map(event))).toEqual([])
  expect(signsOf([{ payload: event(1) }, event(2), { payload: event(3) }])).toEqual([])
})
