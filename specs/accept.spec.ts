import { check, observe, overHistory } from '../src/check/check.ts'
import { spec } from '../src/check/declare.ts'
import { thread } from '../src/check/needs.ts'
import type { Trial } from '../src/check/trial.ts'
import { judgeRepresentationOf, judgeVary } from '../src/oracle/judge-accept.ts'
import { wasAnswered } from '../src/oracle/judge-survival.ts'
import { mediaType } from '../src/oracle/media-type.ts'

const streamLines: readonly (readonly string[])[] = [
  ['text/event-stream, application/json'],
  ['application/json, text/event-stream'],
  ['text/html, application/json;q=0.9, text/event-stream;q=0.5'],
  ['application/json, text/event-stream;q=0.1'],
  ['text/event-stream;charset=utf-8'],
  ['*/*, text/event-stream'],
  ['TEXT/EVENT-STREAM'],
  ['Text/Event-Stream'],
  ['application/json', 'text/event-stream'],
  ['text/event-stream', 'application/json'],
]

const listLines: readonly (readonly string[])[] = [
  ['application/json'],
  ['application/json;charset=utf-8'],
  ['*/*'],
  ['application/*'],
  [],
  ['application/json, */*'],
]

const resembling: readonly (readonly string[])[] = [
  ['text/event-streaming, application/json'],
  ['x-text/event-stream, application/json'],
  ['application/json;profile="text/event-stream"'],
  ['application/json;profile="a, text/event-stream"'],
  ['text/event-stream+json, application/json'],
  ['application/text-event-stream, application/json'],
]

export default spec('accept', [
  check('NEG-01', [thread], (t) => expectEach(t, [['text/event-stream']], 'stream')),

  check('NEG-02', [thread], async (t) => {
    if (!t.isUnusable('Accept')) await expectEach(t, streamLines, 'stream')
  }),

  check('NEG-03', [thread], (t) => expectEach(t, listLines, 'list')),

  check('NEG-04', [thread], (t) => expectEach(t, resembling, 'no stream')),

  check('NEG-05', [thread], async (t) => {
    const connection = t.asker.connection()
    try {
      const turns = ['list', 'stream', 'list', 'list', 'stream', 'list'] as const
      for (const turn of turns) {
        const accept = [turn === 'list' ? 'application/json' : 'text/event-stream']
        const exchange = await t.ask({ accept, connection, query: '?limit=2' })
        t.judged()
        const finding = judgeRepresentationOf(exchange, accept, turn)
        if (finding !== undefined)
          t.fail({ ...finding, message: `In turn on one connection: ${finding.message}` })
      }
    } finally {
      await connection.close()
    }
  }),

  overHistory(
    'NEG-06',
    { missing: 'an answered list or stream', provide: 'See ENV-01 and SSE-01 first.' },
    ({ lists, streams }) => {
      const results = [...lists, ...streams]
        .map(({ exchange }) => judgeVary(exchange))
        .filter((one) => one !== 'skip')
      return { judged: results.length, findings: results.filter((finding) => finding !== undefined) }
    },
  ),

  observe('q-zero', 'What does text/event-stream;q=0 give?', [thread], async (t) => {
    const { response } = await t.ask({ accept: ['text/event-stream;q=0, application/json'] })
    return response === undefined
      ? 'no answer'
      : `${response.status} ${mediaType(response) ?? 'without media type'}`
  }),
  observe('compression', 'Does the target compress when asked to?', [thread], async (t) => {
    const { response } = await t.ask({ headers: [['Accept-Encoding', 'gzip, br']] })
    const encoding = response?.headers.find(([name]) => name === 'content-encoding')?.[1]
    return encoding === undefined ? 'no' : `yes, ${encoding}`
  }),
])

async function expectEach(
  t: Trial,
  cases: readonly (readonly string[])[],
  wanted: 'stream' | 'list' | 'no stream',
): Promise<void> {
  await Promise.all(
    cases.map(async (accept) => {
      const exchange = await t.ask({ accept })
      // That nothing came is no sign of a right choice.
      if (wanted === 'no stream' && !wasAnswered(exchange)) return
      t.judged()
      const finding = judgeRepresentationOf(exchange, accept, wanted)
      if (finding !== undefined) t.fail(finding)
    }),
  )
}
