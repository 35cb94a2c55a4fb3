import { nothingJudged } from '../verdict/attribution-input.ts'
import type { Outcome } from '../verdict/outcome.ts'
import type { RunRecord } from './run-record.ts'

/** The record of a run in which this came out. */
export function recordOf(outcomes: readonly Outcome[], more: Partial<RunRecord> = {}): RunRecord {
  return {
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 500,
    target: {
      baseUrl: 'http://127.0.0.1:1/v1',
      embedded: false,
      sessionId: null,
      threadId: null,
      siblingThreadId: null,
      otherSessionId: null,
      otherThreadId: null,
      eventsRead: 0,
      wholeThreadRead: true,
    },
    obstacle: undefined,
    part: undefined,
    outcomes,
    attribution: nothingJudged,
    observations: [],
    generated: undefined,
    exchanges: [],
    reasons: {},
    evidence: { answers: [], values: [], setupActions: [], complete: true },
    traffic: {
      requests: 0,
      streams: 0,
      bytes: 0,
      retries: 0,
      rate_limit_waits: 0,
      failures: 0,
      latency_ms: null,
    },
    ...more,
  }
}
