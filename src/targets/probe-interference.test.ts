import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aList, anEvent, anExchange, aStream, aThread } from '../oracle/history-fixture.ts'
import type { Ask } from '../wire/ask.ts'
import type { Exchange } from '../wire/exchange.ts'
import { SecretRegistry } from '../wire/secrets.ts'
import { askTogether, findInterference } from './probe-interference.ts'
import { RouteClient } from './route-client.ts'
import { ThreadSnapshot } from './thread-snapshot.ts'

const sessionId = 'sess_a'
/** The connections of the requests so far; the first is that of those that share one. */
const connections: Ask['connection'][] = []
const eventsOf = (threadId: string, count: number) =>
  Array.from({ length: count }, (_, at) =>
    anEvent(`evt_${threadId}_${at}`, at, { type: ['a.b', 'c.d'][at % 2] ?? '', session_thread_id: threadId }),
  )
const threads = new Map([
  ['sthr_a', eventsOf('sthr_a', 40)],
  ['sthr_b', eventsOf('sthr_b', 5)],
])

/** The right response to a request for a list; a stream without events otherwise. */
function rightResponse({ target, accept, authorization }: Ask): Exchange {
  if (authorization === null) return anExchange({}, { status: 401 })
  if (accept?.includes('text/event-stream') === true) return aStream(aThread([]), []).exchange
  const [path = '', query = ''] = target.split('?')
  const parameters = new URLSearchParams(query)
  const all = threads.get(path.split('/')[4] ?? '') ?? []
  const ordered = parameters.get('order') === 'desc' ? all.toReversed() : all
  const at = (name: string) => ordered.findIndex(({ id }) => id === parameters.get(name))
  const before = parameters.has('before_id') ? ordered.slice(0, at('before_id')).toReversed() : undefined
  const rows = (before ?? ordered.slice(at('after_id') + 1)).filter(({ type }) => {
    const wanted = parameters.get('type') ?? parameters.get('types[]')
    return wanted === null || wanted === type
  })
  const limit = Number(parameters.get('limit') ?? 20)
  const shown = rows.slice(0, limit)
  const page = before === undefined ? shown : shown.toReversed()
  return aList(aThread(all), {}, page, { hasMore: rows.length > limit }).exchange
}

/** A server that collects the requests of a moment, and gives each the response to one of them. */
function aServer(chosen: (asked: readonly Ask[], own: Ask) => Ask) {
  const sent: string[] = []
  let waiting: Ask[] = []
  const client = {
    exchanges: [],
    async ask(ask: Ask): Promise<Exchange> {
      sent.push(ask.target)
      waiting.push(ask)
      const asked = waiting
      await new Promise((resolve) => setImmediate(resolve))
      waiting = []
      const exchange = rightResponse(chosen(asked, ask))
      return ask.keep?.(exchange) ?? exchange
    },
    connection: () => ({ close: async () => undefined }),
  }
  const routeClient = new RouteClient(Object.assign(Object.create(null), client), new SecretRegistry())
  routeClient.setAddress(sessionId, 'sthr_a')
  return { routeClient, sent }
}

async function readingOf(threadId: string): Promise<ThreadSnapshot> {
  const all = threads.get(threadId) ?? []
  const snapshot = new ThreadSnapshot({ sessionId, threadId }, 1_000, async ({ order, after }) => {
    const ordered = order === 'desc' ? all.toReversed() : all
    return aList(aThread(all), {}, ordered.slice(ordered.findIndex(({ id }) => id === after) + 1)).page
  })
  await snapshot.load()
  return snapshot
}

async function probed(chosen: (asked: readonly Ask[], own: Ask) => Ask) {
  const { routeClient, sent } = aServer(chosen)
  const [event] = threads.get('sthr_a') ?? []
  const read = {
    thread: await readingOf('sthr_a'),
    sibling: await readingOf('sthr_b'),
    stream: aStream(aThread([]), event === undefined ? [] : [event]),
  }
  routeClient.setSnapshots([read.thread, read.sibling])
  await askTogether(routeClient, read)
  const before = sent.length
  const interference = await findInterference(routeClient, read, false)
  const further = sent.length - before
  const again = await interference?.again(routeClient)
  const cited = interference?.finding.exchanges.length ?? 0
  return { found: interference !== undefined, again: again !== undefined, cited, further }
}

test('a server that keeps requests apart causes no further request', async () => {
  expect(await probed((_asked, own) => own)).toEqual({ found: false, again: false, cited: 0, further: 0 })
})

test('a server that ignores limit does so alone, too', async () => {
  const { found, further } = await probed((_asked, own) => ({
    ...own,
    target: own.target.replace(/limit=\d+/, 'limit=100'),
  }))
  expect(found).toBe(false)
  expect(further).toBeLessThan(10)
})

test.for([
  [
    'the query',
    (last: Ask, own: Ask) => ({
      ...own,
      target: `${own.target.split('?')[0]}?${last.target.split('?')[1] ?? ''}`,
    }),
  ],
  [
    'the path',
    (last: Ask, own: Ask) => ({
      ...own,
      target: `${last.target.split('?')[0]}?${own.target.split('?')[1] ?? ''}`,
    }),
  ],
  ['the credential', (last: Ask, own: Ask) => ({ ...own, authorization: last.authorization })],
  ['the representation', (last: Ask, own: Ask) => ({ ...own, accept: last.accept ?? [] })],
] as const)('a server that takes %s of the last of several requests is found', async ([, mix]) => {
  expect(await probed((asked, own) => mix(asked.at(-1) ?? own, own))).toMatchObject({
    found: true,
    again: true,
    // With one other request at the same time.
    cited: 2,
  })
})

test.for([
  ['in turn', (number: number) => number % 2 === 1],
  [
    'on one of two connections',
    (_number: number, { connection }: Ask) => connections.indexOf(connection) % 2 === 0,
  ],
] as const)('copies of the data that answer %s are no interference', async ([, isLate]) => {
  let number = 0
  const { found } = await probed((_asked, own) => {
    number += 1
    if (!connections.includes(own.connection)) connections.push(own.connection)
    return isLate(number, own) ? { ...own, target: own.target.replace(/limit=\d+/, 'limit=3') } : own
  })
  expect(found).toBe(false)
})

test('a thread that grows between some of the requests is no interference', async () => {
  const all = threads.get('sthr_a') ?? []
  const before = [...all]
  const growing = fc.array(fc.boolean(), { minLength: 24, maxLength: 24 })
  const once = Array.from({ length: 24 }, (_, moment) => [0, 1, 2, 5, 18].includes(moment))
  await fc.assert(
    fc.asyncProperty(growing, async (grows) => {
      all.splice(0, all.length, ...before.slice(0, 18))
      let moment = 0
      let current: readonly Ask[] = []
      const { found } = await probed((asked, own) => {
        if (asked !== current) {
          current = asked
          if (grows[moment] === true) all.push(...eventsOf('sthr_a', all.length + 1).slice(-1))
          moment += 1
        }
        return own
      })
      all.splice(0, all.length, ...before)
      expect(found).toBe(false)
    }),
    { numRuns: 100, examples: [[once]] },
  )
})

test('a response that was wrong once is no interference', async () => {
  let first = true
  const { found } = await probed((asked, own) => {
    if (!first || asked.length < 2) return own
    first = false
    return asked[0] ?? own
  })
  expect(found).toBe(false)
})
