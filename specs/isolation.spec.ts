import { listAccept, streamAccept } from '../src/check/asker.ts'
import { check, type HistoryVerdict, overHistory } from '../src/check/check.ts'
import { spec } from '../src/check/declare.ts'
import { address, events, otherTenantToken, sibling, thread } from '../src/check/needs.ts'
import type { Trial } from '../src/check/trial.ts'
import { unknownToken } from '../src/check/wrong-tokens.ts'
import type { RequirementId } from '../src/contract/catalogue.ts'
import { percentEncoded } from '../src/contract/percent-encoded.ts'
import type { Finding } from '../src/oracle/finding.ts'
import type { ListExchange } from '../src/oracle/history.ts'
import { judgeListIsolation, judgeNothingOf, judgeStreamIsolation } from '../src/oracle/judge-isolation.ts'
import { wasAnswered } from '../src/oracle/judge-survival.ts'
import type { Exchange } from '../src/wire/exchange.ts'

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
    const queries = ids.flatMap((id) =>
      ['?after_id=', '?before_id=', '?order=desc&after_id=', '?limit=100&after_id='].map(
        (start) => start + percentEncoded(id),
      ),
    )
    await Promise.all(
      queries.map(async (query) => {
        const exchange = await t.ask({ query })
        if (!wasAnswered(exchange)) return
        t.judged()
        const finding = judgeNothingOf(exchange, t.sibling, `A cursor of another thread (${query})`)
        if (finding !== undefined) t.fail(finding)
      }),
    )
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
        const because = await acceptsAnyToken(t)
        t.expectRefusal(
          exchange,
          [404, 403],
          `A token of another tenant, Accept: ${request.accept} ${request.query}`.trim(),
          because,
        )
        const finding = judgeNothingOf(exchange, t.thread, 'A token of another tenant')
        if (finding !== undefined) t.record([exchange.id], finding, { because })
      }),
    )
  }),
])

async function acceptsAnyToken(t: Trial): Promise<RequirementId[]> {
  const { response } = await t.ask({ authorization: `Bearer ${unknownToken}` })
  return response?.status === 200 ? ['AUT-02'] : []
}

function isNarrowed({ query }: ListExchange): boolean {
  const { order, types, after, before } = query
  return order !== undefined || types !== undefined || after !== undefined || before !== undefined
}

function judged<T extends { readonly exchange: Exchange }>(
  all: readonly T[],
  judge: (one: T) => Finding | undefined | 'skip',
): HistoryVerdict {
  const cases = all.flatMap((one) => {
    const finding = judge(one)
    if (finding === 'skip') return []
    const exchanges = [one.exchange.id]
    return [finding === undefined ? { exchanges } : { exchanges, finding }]
  })
  return { judged: cases.length, findings: cases.flatMap(({ finding }) => finding ?? []), cases }
}
