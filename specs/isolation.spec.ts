import { listAccept, streamAccept } from '../src/check/asker.ts'
import { check, type HistoryVerdict, overHistory } from '../src/check/check.ts'
import { spec } from '../src/check/declare.ts'
import { address, events, otherTenantToken, sibling, thread } from '../src/check/needs.ts'
import { workingCursors } from '../src/check/working-cursors.ts'
import { percentEncoded } from '../src/contract/percent-encoded.ts'
import type { Finding } from '../src/oracle/finding.ts'
import type { ListExchange } from '../src/oracle/history.ts'
import { judgeListIsolation, judgeNothingOf, judgeStreamIsolation } from '../src/oracle/judge-isolation.ts'
import { wasAnswered } from '../src/oracle/judge-survival.ts'

const aSibling = {
  missing: 'another thread of the same session with events in it',
  provide: 'Set CONFORMANCE_SIBLING_THREAD_ID.',
}

export default spec('isolation', [
  overHistory('ISO-01', aSibling, ({ lists }) =>
    judged(
      lists.filter((list) => !isNarrowed(list)),
      judgeListIsolation,
    ),
  ),

  overHistory('ISO-02', aSibling, ({ lists }) => judged(lists.filter(isNarrowed), judgeListIsolation)),

  check('ISO-03', [events(1), sibling], async (t) => {
    const { events: strangers } = t.sibling
    const cursors = [strangers[0], strangers[Math.floor(strangers.length / 2)], strangers.at(-1)]
    const ids = [...new Set(cursors.flatMap((event) => event?.id ?? []))]
    const starts = ['?after_id=', '?before_id=', '?order=desc&after_id=', '?limit=100&after_id=']
    const working = await workingCursors(t, t.thread, starts)
    const queries = ids.flatMap((id) => starts.map((start) => ({ start, query: start + percentEncoded(id) })))
    await Promise.all(
      queries.map(async ({ start, query }) => {
        const exchange = await t.ask({ query })
        if (!wasAnswered(exchange)) return
        // A leak is a leak, but that nothing leaks says nothing where no cursor works.
        if (working.includes(start)) t.judged()
        const finding = judgeNothingOf(exchange, t.sibling, `A cursor of another thread (${query})`)
        if (finding !== undefined) t.fail(finding)
      }),
    )
    if (t.judgedCases === 0 && t.findings.length === 0)
      t.missing('a server on which a right cursor works', 'Fix PAG-03 and PAG-04 first.')
  }),

  overHistory('ISO-04', aSibling, ({ streams }) => judged(streams, judgeStreamIsolation)),

  check('ISO-05', [address, thread, otherTenantToken], async (t) => {
    const authorization = `Bearer ${t.facts.tokens.otherTenant ?? ''}`
    const [event] = t.thread.events
    const queries =
      event === undefined
        ? ['?order=desc&limit=5']
        : [
            `?after_id=${percentEncoded(event.id)}&order=desc`,
            `?before_id=${percentEncoded(t.thread.events.at(-1)?.id ?? event.id)}&limit=1`,
            `?type=${percentEncoded(event.type ?? '')}`,
          ]
    // Whose session it is may be asked in one branch of the server and forgotten in another.
    const requests = [
      { accept: listAccept, query: '' },
      { accept: streamAccept, query: '' },
      ...queries.map((query) => ({ accept: listAccept, query })),
    ]
    await Promise.all(
      requests.map(async (request) => {
        const exchange = await t.ask({ authorization, ...request })
        t.expectRefusal(
          exchange,
          [404, 403],
          `A token of another tenant, Accept: ${request.accept} ${request.query}`.trim(),
        )
        const finding = judgeNothingOf(exchange, t.thread, 'A token of another tenant')
        if (finding !== undefined) t.fail(finding)
      }),
    )
  }),
])

function isNarrowed({ query }: ListExchange): boolean {
  const { order, types, after, before } = query
  return order !== undefined || types !== undefined || after !== undefined || before !== undefined
}

function judged<T>(cases: readonly T[], judge: (one: T) => Finding | undefined | 'skip'): HistoryVerdict {
  const results = cases.map(judge).filter((result) => result !== 'skip')
  return { judged: results.length, findings: results.filter((result) => result !== undefined) }
}
