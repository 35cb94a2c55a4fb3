import { describe, expect, test } from 'vitest'
import { specs } from '../../specs/index.ts'
import { defaultRevision } from '../contract/revisions/index.ts'
import { aList, anEvent, anExchange, aStream, aThread } from '../oracle/history-fixture.ts'
import type { AskingCheck, HistoryCheck } from '../spec-dsl/spec-items.ts'
import { specsOfRevision } from '../spec-dsl/specs-of-revision.ts'
import { RouteClient } from '../targets/route-client.ts'
import type { TargetState } from '../targets/target-state.ts'
import { noControlAccess, unknownTarget } from '../targets/target-state-fixture.ts'
import { ThreadSnapshot } from '../targets/thread-snapshot.ts'
import type { Exchange } from '../wire/exchange.ts'
import { SecretRegistry } from '../wire/secrets.ts'
import { runCheck } from './run-check.ts'

const items = specsOfRevision(specs, defaultRevision).flatMap((spec) => [...spec.items])
const asking = items.filter((item): item is AskingCheck => item.kind === 'asking')
const judging = items.filter((item): item is HistoryCheck => item.kind === 'history')

const controlAccess = noControlAccess(() => routeClientOf(silent))
const nothing = unknownTarget(controlAccess)

/** All that can be known of a target, which has this many events in the thread and some in its sibling. */
async function factsOf(count: number): Promise<TargetState> {
  const types = ['a.b', 'c.d', 'e.f']
  const events = Array.from({ length: count }, (_, at) =>
    anEvent(`evt_${at}`, Math.floor(at / 2), { type: types[at % 3] ?? '' }),
  )
  const thread = await readingOf('sthr_a', events)
  const sibling = await readingOf('sthr_b', [anEvent('evt_s', 1, { session_thread_id: 'sthr_b' })])
  return {
    sessionId: 'sess_a',
    threadId: 'sthr_a',
    thread,
    threadProblem: undefined,
    stream: aStream(aThread(events), events),
    controlAccess,
    capabilities: [],
    sibling,
    other: { sessionId: 'sess_o', threadId: 'sthr_o' },
    tokens: { active: 'pat_Active_1', expired: 'pat_Expired_1', otherTenant: 'pat_Other_1' },
  }
}

async function readingOf(
  threadId: string,
  events: readonly ReturnType<typeof anEvent>[],
): Promise<ThreadSnapshot> {
  const snapshot = new ThreadSnapshot({ sessionId: 'sess_a', threadId }, 1_000, async ({ order, after }) => {
    const ordered = order === 'desc' ? events.toReversed() : events
    const rest = ordered.slice(ordered.findIndex(({ id }) => id === after) + 1)
    return aList(aThread(events), {}, rest).page
  })
  await snapshot.load()
  return snapshot
}

/** Puts every question to a target that answers all of them in one way. */
function routeClientOf(answer: () => Exchange): RouteClient {
  const never = () => Promise.reject(new Error('No request goes out here.'))
  const client = {
    ask: async () => answer(),
    connection: () => ({ dispatcher: never, isOpen: () => true, close: async () => undefined }),
    exchanges: [],
    traffic: never,
    close: async () => undefined,
  }
  return new RouteClient(Object.assign(client), new SecretRegistry())
}

const silent = () =>
  anExchange('', {
    response: undefined,
    failure: { kind: 'reset', message: 'the target dropped the connection' },
  })
const failing = () =>
  anExchange({ type: 'error', error: { type: 'api_error', message: 'No.' } }, { status: 500 })

describe('nothing passes because nothing was checked', () => {
  test.for(asking)('$id states a need that a target of which nothing is known does not meet', ({ needs }) => {
    const lacks = needs.flatMap((need) => need(nothing) ?? [])
    expect(lacks.length).toBeGreaterThan(0)
    for (const { missing, provide } of lacks)
      expect([missing, provide].every((text) => text.length > 10)).toBe(true)
  })

  test('of a thread without events only these are judged', async () => {
    const state = await factsOf(0)
    const ready = asking.filter(({ needs }) => needs.every((need) => need(state) === undefined))
    expect(ready.map(({ id }) => id).toSorted()).toEqual([
      ...['AUT-01', 'AUT-02', 'AUT-03', 'AUT-04', 'AUT-05', 'AUT-06', 'ISO-05'],
      ...['NEG-01', 'NEG-02', 'NEG-03', 'NEG-04', 'NEG-05'],
      ...['NFD-01', 'NFD-02', 'NFD-03', 'NFD-04', 'NFD-05'],
      ...['PAG-09', 'PAG-10', 'PAG-15', 'SSE-10'],
    ])
  })

  describe.for([
    ['drops every connection', silent],
    ['answers 500 to everything', failing],
  ] as const)('a target that %s', ([, answer]) => {
    // SSE-08 looks at a stream that was read before.
    test.for(asking.filter(({ id }) => id !== 'SSE-08'))('passes no check: $id', async (check) => {
      const state = await factsOf(120)
      const routeClient = routeClientOf(answer)
      routeClient.setAddress('sess_a', 'sthr_a')
      const { results } = await runCheck(check, state, routeClient)
      const own = results.filter(({ id }) => id === check.id)
      const found = own.some(({ cases }) => cases.some(({ finding }) => finding !== undefined))
      expect(found || own.every(({ lack }) => lack !== undefined)).toBe(true)
    })
  })

  test.for(judging)(
    '$id judges nothing in a run without exchanges, and says what was missing',
    ({ judge, missing }) => {
      expect(judge({ exchanges: [], lists: [], streams: [] })).toMatchObject({ findings: [], judged: 0 })
      expect([missing.missing, missing.provide].every((text) => text.length >= 8)).toBe(true)
    },
  )
})
