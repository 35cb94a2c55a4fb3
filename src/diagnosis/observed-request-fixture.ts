import type { RecordedAnswer } from '../record/recorded-answer.ts'
import type { ObservedRequest } from './observed-run.ts'

/** A request for the events of a thread; without an answer, with an empty list. */
export function observedRequest(id: number, answer: Partial<RecordedAnswer> = {}): ObservedRequest {
  return {
    exchange: {
      id,
      purpose: '',
      request: { method: 'GET', target: '/sessions/s/threads/t/events', headers: [] },
      response: undefined,
      failure: undefined,
      stream: undefined,
      startedAtMs: 0,
      firstByteMs: undefined,
      totalMs: 0,
      waits: 0,
      echoes: [],
    },
    answer: {
      status: 200,
      failure: null,
      mediaType: 'application/json',
      utf8: true,
      varies: true,
      challenge: false,
      echo: false,
      body: { kind: 'list', rows: [], first: null, last: null, more: false },
      ...answer,
    },
    answered: id,
    sessionId: 's',
  }
}
