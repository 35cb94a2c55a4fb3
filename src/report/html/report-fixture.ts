import type { Report, ReportedCounterexample, ReportedExchange, ReportedRequirement } from '../model.ts'

const events = ['a', 'b', 'c', 'd'].map((letter) => `evt_${letter.repeat(16)}`)
const [first = '', second = '', third = '', fourth = ''] = events

/** An exchange as a report keeps it. */
export function aReportedExchange(id: number, changes: Partial<ReportedExchange> = {}): ReportedExchange {
  return {
    id,
    purpose: 'list',
    method: 'GET',
    target: `/sessions/sess_1/threads/sthr_1/events?limit=${id}`,
    request_headers: [['Authorization', 'Bearer $CONFORMANCE_TOKEN']],
    status: 200,
    response_headers: [['content-type', 'application/json']],
    body: JSON.stringify({ data: [{ id: first, created_at: '2026-01-01T00:00:00Z' }], has_more: false }),
    failure: null,
    frames: null,
    stream_end: null,
    first_byte_ms: 1.5 * id,
    total_ms: 2 * id,
    curl: `curl -sS 'http://127.0.0.1:1/v1/sessions/sess_1/threads/sthr_1/events?limit=${id}'`,
    ...changes,
  }
}

function aRequirement(
  id: string,
  verdict: ReportedRequirement['verdict'],
  changes: Partial<ReportedRequirement> = {},
) {
  const area = { ORD: 'order', PAG: 'pagination', SSE: 'stream' }[id.slice(0, 3)] ?? 'envelope'
  const title = `The sentence of ${id} with \`code\`.`
  return { id, level: 'MUST' as const, area, title, source: ['page'], verdict, judged: 7, ...changes }
}

const waiver = {
  requirement: 'PAG-04',
  owner: 'Ada',
  reason: 'known since spring',
  link: 'https://example.test/1',
  expires: '2030-01-01',
}

const aCounterexample: ReportedCounterexample = {
  requirement: 'PAG-03',
  property: 'cursors',
  seed: 4711,
  path: '3:0:1',
  world: {
    sessions: [
      {
        id: 'sess_1',
        threads: [
          {
            id: 'sthr_1',
            events: [
              { id: 'evt_a', type: 'agent.message', created_at: '2026-01-01T00:00:00.000000001Z' },
              { id: 'evt_A', type: 'agent.message', created_at: '2026-01-01T00:00:00.000000002Z' },
            ],
          },
          { id: 'sthr_2', events: [] },
        ],
      },
    ],
  },
  questions: [],
  steps: ['GET …/events?after_id=evt_A'],
  reproduced: 'always (3 of 3)',
}

/** A report with a requirement in every state, and evidence of every form. */
export const aReport: Report = {
  format: 'thread-events-conformance/2',
  suite: { version: '0.1.0', catalogue: 1 },
  target: {
    base_url: 'http://127.0.0.1:1/v1',
    embedded: false,
    session_id: 'sess_1',
    thread_id: 'sthr_1',
    sibling_thread_id: null,
    other_session_id: null,
    other_thread_id: null,
    events_read: 4,
    whole_thread_read: true,
  },
  started_at: '2026-01-01T00:00:00.000Z',
  duration_ms: 1_234,
  strict: false,
  verdict: 'nonconformant',
  exit_code: 1,
  sentence: 'The target breaks 3 requirements.',
  summary: {
    MUST: {
      pass: 1,
      fail: 2,
      inconclusive: 1,
      waived: 1,
      broken: 1,
      'not-run': 1,
      blocked: 0,
      not_judged: 1,
    },
    SHOULD: {
      pass: 0,
      fail: 1,
      inconclusive: 0,
      waived: 0,
      broken: 0,
      'not-run': 0,
      blocked: 0,
      not_judged: 0,
    },
  },
  capabilities: [
    { feature: 'limit', state: 'works', requirement: 'PAG-02' },
    {
      feature: 'after_id',
      state: 'ignored',
      requirement: 'PAG-03',
      detail: 'same page with and without it',
      exchange: 2,
    },
  ],
  causes: [
    {
      id: 'ORD-01',
      title: 'The events are not in the order of created_at.',
      requirements: ['ORD-01'],
      blocked: [],
      finding: { requirement: 'ORD-01', fingerprint: '0123456789ab', exchange: 1 },
      typical_cause: 'Sorting by the id.',
      suggested_fix: 'Sort by created_at.',
    },
    { id: 'PAG-14', title: 'The sentence of PAG-14.', requirements: ['PAG-14'], blocked: [] },
    { id: 'PAG-04', title: 'It answered otherwise.', requirements: ['PAG-04'], blocked: [], waived: true },
  ],
  requirements: [
    aRequirement('ENV-01', 'pass'),
    aRequirement('ENV-02', 'not-run', { judged: 0 }),
    aRequirement('ORD-01', 'fail', {
      reproduced: 'always (3 of 3)',
      findings: [
        {
          kind: 'inversion',
          message: `The list: ${third} comes after ${second}, though it is the earlier one.`,
          expected: [`2026-01-01T00:00:02Z ${third}`, `2026-01-01T00:00:03Z ${second}`],
          actual: [`2026-01-01T00:00:03Z ${second}`, `2026-01-01T00:00:02Z ${third}`],
          exchanges: [1],
          fingerprint: '0123456789ab',
        },
      ],
    }),
    aRequirement('PAG-03', 'fail', {
      reproduced: '1 of 3',
      findings: [
        {
          kind: 'other',
          message: `The list ?limit=3: ${second} is missing, and ${fourth} was returned instead.`,
          expected: [first, second, third],
          actual: [first, fourth, third],
          exchanges: [2, 3],
          fingerprint: 'ba9876543210',
        },
      ],
    }),
    aRequirement('PAG-04', 'waived', {
      waived_by: [waiver],
      findings: [
        {
          kind: 'status',
          message: 'It answered otherwise.',
          expected: 'has_more: true',
          actual: 'has_more: false',
          exchanges: [4],
          fingerprint: 'aaaaaaaaaaaa',
        },
      ],
    }),
    aRequirement('PAG-14', 'fail', { level: 'SHOULD', findings: [] }),
    aRequirement('SSE-01', 'inconclusive', {
      judged: 0,
      reason: 'an event stream',
      provide: 'Set CONFORMANCE_THREAD_ID.',
    }),
    aRequirement('SSE-02', 'broken', { reason: 'The suite could not go on.' }),
  ],
  waivers: [
    { waiver, state: 'used' },
    { waiver: { ...waiver, requirement: 'ENV-01', owner: 'Grace' }, state: 'expired' },
  ],
  observations: [{ id: 'head', question: 'How is HEAD answered?', seen: '405', exchanges: [3] }],
  exchanges: [
    aReportedExchange(1, {
      body: JSON.stringify({
        data: [
          { id: first, created_at: '2026-01-01T00:00:01Z' },
          { id: second, created_at: '2026-01-01T00:00:03Z' },
          { id: third, created_at: '2026-01-01T00:00:02Z' },
          { id: fourth, created_at: '2026-01-01T00:00:04Z' },
        ],
      }),
    }),
    aReportedExchange(2),
    aReportedExchange(3, {
      purpose: 'probe',
      status: null,
      failure: 'the connection was reset',
      first_byte_ms: null,
    }),
    aReportedExchange(4, {
      purpose: 'stream',
      body: '',
      frames: [{ id: first, event: 'agent.message', data: `{"id":"${first}"}` }],
      stream_end: 'enough',
    }),
  ],
  traffic: {
    requests: 12,
    streams: 1,
    bytes: 34_567,
    retries: 0,
    rate_limit_waits: 0,
    failures: 1,
    latency_ms: { p50: 1, p90: 2, p99: 3, max: 4 },
  },
  seed: 4711,
  generated: {
    worlds: 8,
    questions: 120,
    counterexamples: [aCounterexample],
    explained: ['ORD-04'],
  },
}
