import { requirements } from '../contract/catalogue.ts'
import { causesOf } from './causes.ts'
import type {
  Report,
  ReportedCounterexample,
  ReportedExchange,
  ReportedFinding,
  ReportedRequirement,
} from './model.ts'

/** Texts that a target could send to be more than text in a report. */
export const hostileTexts: readonly string[] = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</details></summary></pre><h1>x</h1><!--',
  '</failure></testcase>]]><testcase name="x"/>',
  '" onload="alert(1)" x="',
  "' onload='alert(1)' x='",
  '| a | b |\n|---|---|\n| c | d |',
  '`code` ``two`` ```three```',
  '```\n<h1>out of the fence</h1>\n```',
  '````````\n# out of a long fence\n````````',
  '~~~\nfence\n~~~',
  '[link](https://evil.example/) ![image](https://evil.example/x.png)',
  '<https://evil.example/> https://evil.example/ www.evil.example ftp://evil.example mailto:a@evil.example',
  'a@evil.example @octocat @org/team owner/repo#12 #12 GH-12 !12',
  '[ref]: https://evil.example/ "x"\n\n[ref]',
  '# heading\n\n- item\n\n1. one\n\n> quote\n\n---\n\ntext\n===',
  '**bold** __bold__ *it* _it_ ~~gone~~ $x$ $$y$$ :tada:',
  '&lt;b&gt; &amp; &#60;b&#62; &nbsp;',
  '\\<b\\> \\[a\\](b)',
  '\u001b[31mred\u001b[0m \u0000\u0007\u0008\u009b2J \u202eturned\u202c \u2028 \ufeff \ufffe \uffff',
  `half a pair \ud83d, and the other \ude00`,
  '',
]

const exchange: ReportedExchange = {
  id: 1,
  purpose: 'the list',
  method: 'GET',
  target: '/sessions/sess_a/threads/sthr_a/events?limit=2',
  request_headers: [['accept', 'application/json']],
  status: 200,
  response_headers: [['content-type', 'application/json']],
  body: '{}',
  failure: null,
  frames: null,
  stream_end: null,
  first_byte_ms: 3,
  total_ms: 4,
  curl: "curl -sS 'http://127.0.0.1/v1/events?limit=2'",
}

/** A finding with one text in every place where a target's text can be. */
export function findingOf(text: string, more: Partial<ReportedFinding> = {}): ReportedFinding {
  return {
    message: text,
    kind: 'kind',
    expected: text,
    actual: text,
    exchanges: [1],
    fingerprint: '0123456789ab',
    ...more,
  }
}

/** A report of the whole catalogue in which everything passes, but for what is given by id. */
export function reportOf(
  changed: Readonly<Record<string, Partial<ReportedRequirement>>> = {},
  more: Partial<Report> = {},
): Report {
  const all = requirements.map(
    (one): ReportedRequirement => ({ ...one, verdict: 'pass', judged: 1, ...changed[one.id] }),
  )
  const counts = (level: string) => {
    const of = (verdict: string) => all.filter((one) => one.level === level && one.verdict === verdict).length
    return {
      pass: of('pass'),
      fail: of('fail'),
      inconclusive: of('inconclusive'),
      waived: of('waived'),
      broken: of('broken'),
      'not-run': of('not-run'),
      blocked: all.filter((one) => one.level === level && one.blocked_by !== undefined).length,
      not_judged: all.filter(
        (one) => one.level === level && one.verdict === 'inconclusive' && one.blocked_by === undefined,
      ).length,
    }
  }
  return {
    format: 'thread-events-conformance/2',
    suite: { version: '0.1.0', catalogue: 1 },
    target: {
      base_url: 'http://127.0.0.1:8080/v1',
      embedded: false,
      session_id: 'sess_a',
      thread_id: 'sthr_a',
      sibling_thread_id: null,
      other_session_id: null,
      other_thread_id: null,
      events_read: 22,
      whole_thread_read: true,
    },
    started_at: '2026-05-01T10:00:00.000Z',
    duration_ms: 1_234,
    strict: false,
    verdict: 'conformant',
    exit_code: 0,
    sentence: 'No MUST requirement that could be judged fails.',
    summary: { MUST: counts('MUST'), SHOULD: counts('SHOULD') },
    capabilities: more.capabilities ?? [],
    causes: causesOf(all, more.capabilities ?? [], more.diagnosis),
    requirements: all,
    waivers: [],
    observations: [],
    exchanges: [exchange],
    traffic: {
      requests: 1,
      streams: 0,
      bytes: 2,
      retries: 0,
      rate_limit_waits: 0,
      failures: 0,
      latency_ms: null,
    },
    ...more,
  }
}

/** What generated data showed, with a counterexample for ENV-01 that has one text in every place. */
export function generatedSaying(text: string): Pick<Report, 'seed' | 'generated'> {
  const event = { id: text, type: text, created_at: text }
  const world = { sessions: [{ id: 'sess_1', threads: [{ id: text, events: [event] }] }] }
  const counterexample: ReportedCounterexample = {
    requirement: 'ENV-01',
    property: 'cursors',
    seed: 7,
    path: '3:0',
    world,
    questions: [],
    steps: [text],
    reproduced: 'always (3 of 3)',
  }
  return {
    seed: 7,
    generated: { worlds: 8, questions: 90, counterexamples: [counterexample], explained: [] },
  }
}

/** A report with a text of the target wherever there can be one. */
export function reportSaying(text: string): Report {
  const waiver = { requirement: 'ENV-03', owner: text, reason: text, expires: '2099-01-01', link: text }
  return reportOf(
    {
      'ENV-01': { verdict: 'fail', reproduced: 'always (3 of 3)', findings: [findingOf(text)] },
      'ENV-02': {
        verdict: 'fail',
        findings: [findingOf(text, { expected: ['evt_a', text], actual: [text, 'evt_b'] })],
      },
      'ENV-03': { verdict: 'waived', findings: [findingOf(text)], waived_by: [waiver] },
      'ENV-04': { verdict: 'inconclusive', reason: text, provide: text },
      'ENV-05': { verdict: 'broken', reason: text },
    },
    {
      verdict: 'broken',
      sentence: text,
      waivers: [{ waiver: { ...waiver, requirement: 'PAG-01' }, state: 'unused' }],
      observations: [{ id: 'open', question: 'What then?', seen: text, exchanges: [1] }],
      exchanges: [{ ...exchange, curl: `curl ${text}` }],
      ...generatedSaying(text),
    },
  )
}
