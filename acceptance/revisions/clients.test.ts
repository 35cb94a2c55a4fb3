import Anthropic from '@anthropic-ai/sdk'
import { EventSource } from 'eventsource'
import { createEventSource } from 'eventsource-client'
import { afterEach, expect, test } from 'vitest'
import { streamPath } from '../../src/contract/events-path.ts'
import { revisionNamed } from '../../src/contract/revisions/index.ts'
import { createReferenceServer, type ReferenceServer } from '../../src/library/reference-server.ts'

// Real clients of the later revision against the reference server. What each of them needs is in docs/revisions.md.

const pageSize = 50

const closing: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

interface Place {
  readonly server: ReferenceServer
  readonly sessionId: string
  readonly threadId: string
  /** The ids of the thread's events, in order. */
  readonly ids: readonly string[]
}

async function serve(revision: string, variant?: string): Promise<Place> {
  const server = await createReferenceServer({ revision, variant, world: 'default' })
  closing.push(() => server.close())
  const [session] = server.world.sessions
  const [thread] = session?.threads ?? []
  if (session === undefined || thread === undefined) throw new Error('The default world has a thread.')
  return { server, sessionId: session.id, threadId: thread.id, ids: thread.events.map(({ id }) => id) }
}

function anthropic({ server }: Place): Anthropic {
  return new Anthropic({
    // The client appends /v1 itself.
    baseURL: server.baseUrl.replace(/\/v1$/, ''),
    authToken: server.token,
    apiKey: null,
    maxRetries: 0,
  })
}

function streamUrl(place: Place): string {
  return place.server.baseUrl + streamPath(place, revisionNamed('2026-07'))
}

/** The ids of the first `count` events that `EventSource` dispatches. */
async function dispatchedIds(place: Place, count: number): Promise<string[]> {
  const { server } = place
  const source = new EventSource(streamUrl(place), {
    fetch: (input, init) =>
      fetch(input, { ...init, headers: { ...init.headers, Authorization: `Bearer ${server.token}` } }),
  })
  closing.push(() => source.close())
  const types = new Set(
    server.world.sessions.flatMap(({ threads }) =>
      threads.flatMap(({ events }) => events.map(({ type }) => type)),
    ),
  )
  return new Promise((resolve, reject) => {
    const ids: string[] = []
    // Frames carry the type of the event as their name: onmessage receives none of them.
    source.onmessage = ({ data }) => reject(new Error(`a frame without a name: ${data}`))
    for (const type of types)
      source.addEventListener(type, ({ lastEventId }) => {
        ids.push(lastEventId)
        if (ids.length === count) resolve([...ids])
      })
  })
}

test('@anthropic-ai/sdk lists a whole thread by next_page', async () => {
  const place = await serve('2026-07')
  expect(await listedIds(place)).toEqual(place.ids)
})

test('@anthropic-ai/sdk ends after one page of a server of June 2026, without an error', async () => {
  const place = await serve('2026-06')
  expect(place.ids.length).toBeGreaterThan(pageSize)
  expect(await listedIds(place)).toEqual(place.ids.slice(0, pageSize))
})

test('@anthropic-ai/sdk streams the history of a thread', async () => {
  const place = await serve('2026-07')
  const ids = await streamedIds(place, place.ids.length)
  expect(ids).toEqual(place.ids)
})

test('@anthropic-ai/sdk hands a heartbeat frame to the program as an event without an id', async () => {
  const place = await serve('2026-07', 'heartbeat-frames-often')
  expect(await streamedIds(place, 5)).toContain(undefined)
})

test('@anthropic-ai/sdk reads the request_id of an error', async () => {
  const place = await serve('2026-07')
  const events = anthropic(place).beta.sessions.threads.events
  const error: unknown = await events.list('sthr_unknown', { session_id: place.sessionId }).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Anthropic.NotFoundError)) throw new Error('404 is not a NotFoundError.')
  expect(error.error).toMatchObject({
    error: { type: 'not_found_error' },
    request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
})

test('eventsource dispatches every event by its type', async () => {
  const place = await serve('2026-07')
  expect(await dispatchedIds(place, place.ids.length)).toEqual(place.ids)
})

test('eventsource reads streams with lone CR line ends', async () => {
  const place = await serve('2026-07', 'lines-end-in-cr')
  expect(await dispatchedIds(place, 20)).toEqual(place.ids.slice(0, 20))
})

test('eventsource-client reads every event and resumes with Last-Event-ID', async () => {
  const place = await serve('2026-07')
  const { server, ids } = place
  const read = async (
    initialLastEventId: string | undefined,
    count: number,
  ): Promise<(string | undefined)[]> => {
    const source = createEventSource({
      url: streamUrl(place),
      headers: { Authorization: `Bearer ${server.token}` },
      ...(initialLastEventId === undefined ? {} : { initialLastEventId }),
    })
    closing.push(() => source.close())
    const seen: (string | undefined)[] = []
    for await (const { id } of source) if (seen.push(id) === count) break
    return seen
  }
  expect(await read(undefined, ids.length)).toEqual(ids)
  expect(await read(ids[9], 5)).toEqual(ids.slice(10, 15))
})

/** The ids of the events that the client's own pagination returns. */
async function listedIds(place: Place): Promise<string[]> {
  const { events } = anthropic(place).beta.sessions.threads
  const ids: string[] = []
  for await (const event of events.list(place.threadId, {
    session_id: place.sessionId,
    limit: pageSize,
  }))
    ids.push(event.id)
  return ids
}

async function streamedIds(place: Place, count: number): Promise<unknown[]> {
  const stream = await anthropic(place).beta.sessions.threads.events.stream(place.threadId, {
    session_id: place.sessionId,
  })
  closing.push(() => stream.controller.abort())
  const ids: unknown[] = []
  for await (const event of stream) if (ids.push('id' in event ? event.id : undefined) === count) break
  return ids
}
