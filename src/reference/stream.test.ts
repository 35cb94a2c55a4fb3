import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { parseJson } from '../contract/json.ts'
import type { Override } from './behaviour.ts'
import { framesFaults } from './faults/stream/frames.ts'
import { maxQueuedBytes } from './store/live-queue.ts'
import type { Thread } from './store/thread.ts'
import { ids, present, TestBench } from './test-client.ts'
import type { ThreadEvent } from './world/world.ts'
import { namedWorld } from './world/worlds.ts'

let bench: TestBench
afterEach(() => bench.stop())

function newEvents(from: number, count: number, text = 'live'): ThreadEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `evt_live${from + index}`,
    type: (from + index) % 2 === 0 ? 'agent.even' : 'agent.odd',
    session_id: bench.session().id,
    session_thread_id: bench.thread().id,
    content: text,
    created_at: `2027-01-01T00:00:00.${String(from + index).padStart(9, '0')}Z`,
  }))
}

const append = (events: readonly ThreadEvent[], thread = bench.thread()) =>
  bench.control(`/sessions/${bench.session().id}/threads/${thread.id}/events`, 'POST', { events })

const fourKilobytes = present(
  framesFaults.find(({ name }) => name === 'stream-buffered-to-four-kilobytes'),
).override

const halves: Override = () => ({
  async writeText(_call, text, sink) {
    const half = text.length >> 1
    await sink.write(text.slice(0, half))
    await delay(2)
    await sink.write(text.slice(half))
  },
})

describe('the history', () => {
  test('is the whole thread: each frame the event of the list, with its id and type', async () => {
    bench = await TestBench.start()
    const events = bench.thread().events
    const frames = await bench.frames(bench.events(), (seen) => seen.length === events.length)
    expect(frames.map(({ data }) => parseJson(data))).toEqual(events)
    expect(frames.map(({ id }) => id)).toEqual(ids(events))
    expect(frames.map(({ event }) => event)).toEqual(events.map(({ type }) => type))
  })

  test('is filtered by type, and ignores paging parameters', async () => {
    bench = await TestBench.start()
    const wanted = bench.thread().events.filter(({ type }) => type === 'agent.message')
    const query = '?types%5B%5D=agent.message&limit=0&order=desc&after_id=evt_none'
    const frames = await bench.frames(bench.events(query), (seen) => seen.length === wanted.length)
    expect(frames.map(({ id }) => id)).toEqual(ids(wanted))
  })

  test('resumes at the very next event, at every place of a run of equal timestamps', async () => {
    bench = await TestBench.start({ behaviour: () => ({ afterHistory: () => 'close' }) })
    const events = bench.thread().events
    for (const at of [0, 17, 18, 19, 20, 100, events.length - 2, events.length - 1]) {
      const headers = { 'last-event-id': present(events[at]).id }
      const frames = await bench.frames(bench.events(), () => false, { headers })
      expect(frames.map(({ id }) => id)).toEqual(ids(events.slice(at + 1)))
    }
  })

  test('resumes after an event that the filter leaves out', async () => {
    bench = await TestBench.start({ behaviour: () => ({ afterHistory: () => 'close' }) })
    const events = bench.thread().events
    const at = events.findIndex(({ type }, index) => index > 30 && type !== 'agent.tool_use')
    const headers = { 'last-event-id': present(events[at]).id }
    const frames = await bench.frames(bench.events('?type=agent.tool_use'), () => false, { headers })
    const wanted = events.slice(at + 1).filter(({ type }) => type === 'agent.tool_use')
    expect(frames.map(({ id }) => id)).toEqual(ids(wanted))
  })

  test('is refused for a Last-Event-ID that is no event of this thread', async () => {
    bench = await TestBench.start()
    for (const id of ['evt_none', present(bench.thread(1).events[0]).id]) {
      const headers = { accept: 'text/event-stream', 'last-event-id': id }
      const { status, json } = await bench.ask(bench.events(), { headers })
      expect([status, json]).toMatchObject([400, { error: { param: 'Last-Event-ID' } }])
    }
  })

  test('returns only the headers for HEAD', async () => {
    bench = await TestBench.start()
    const headers = { accept: 'text/event-stream' }
    const { status, headers: got, text } = await bench.ask(bench.events(), { method: 'HEAD', headers })
    expect([status, text]).toEqual([200, ''])
    expect(got['content-type']).toMatch(/^text\/event-stream/)
  })
})

describe('heartbeats', () => {
  test.each([
    ['pieces of four kilobytes', fourKilobytes],
    ['two pieces with a pause between them', halves],
  ])('never break into a frame that is written in %s', async (_pieces, behaviour) => {
    bench = await TestBench.start({ heartbeatMs: 1, behaviour })
    const { events } = bench.thread()
    const frames = await bench.frames(bench.events(), (seen) => seen.length === events.length)
    expect(frames.map(({ data }) => parseJson(data))).toEqual(events)
  })
})

describe('live', () => {
  test('heartbeats are comments, on an empty thread too', async () => {
    bench = await TestBench.start({ heartbeatMs: 5 })
    const text = await new Promise<string>((resolve, reject) => {
      let seen = ''
      const { port, hostname } = new URL(bench.server.baseUrl)
      const socket = connect(Number(port), hostname, () =>
        socket.write(
          `GET ${new URL(bench.events('', bench.thread(2))).pathname} HTTP/1.0\r\nAccept: text/event-stream\r\n` +
            `Authorization: Bearer ${bench.server.token}\r\n\r\n`,
        ),
      )
      socket.on('error', reject).on('data', (bytes) => {
        seen += bytes.toString()
        if (seen.split(': heartbeat\n\n').length > 3) {
          socket.destroy()
          resolve(seen)
        }
      })
    })
    expect(text).toMatch(/\r\n\r\n(: heartbeat\n\n)+$/)
  })

  test('200 streams lose and double nothing while bursts arrive, and see no other thread', async () => {
    bench = await TestBench.start()
    const history = bench.thread().events.length
    const streams = Array.from({ length: 200 }, () =>
      bench.frames(bench.events(), (seen) => seen.at(-1)?.id === 'evt_live299'),
    )
    const other = newEvents(5000, 50).map((event) => ({ ...event, session_thread_id: bench.thread(1).id }))
    for (let burst = 0; burst < 10; burst++) {
      expect((await append(newEvents(burst * 30, 30))).status).toBe(204)
      if (burst === 4) await append(other, bench.thread(1))
    }
    const wanted = [...ids(bench.thread().events), ...ids(newEvents(0, 300))]
    for (const frames of await Promise.all(streams)) expect(frames.map(({ id }) => id)).toEqual(wanted)
    expect(wanted).toHaveLength(history + 300)
  }, 60_000)

  test('a filtered stream contains only the requested types', async () => {
    bench = await TestBench.start({ world: present(namedWorld('two-events')) })
    const frames = bench.frames(bench.events('?type=agent.odd'), (seen) => seen.length === 5)
    await append(newEvents(0, 10))
    expect((await frames).map(({ id }) => id)).toEqual([1, 3, 5, 7, 9].map((at) => `evt_live${at}`))
  })

  test('a stream ends when its session is removed or replaced', async () => {
    bench = await TestBench.start()
    const path = `/sessions/${bench.session().id}`
    let begun = () => {}
    const running = new Promise<void>((resolve) => {
      begun = resolve
    })
    const frames = bench.frames(bench.events(), (seen) => {
      if (seen.length > 0) begun()
      return false
    })
    await running
    expect((await bench.control(path, 'DELETE')).status).toBe(204)
    expect(await frames).toHaveLength(bench.thread().events.length)
  })

  test('a reader that does not read is dropped before it costs more than the bound', async () => {
    const threads: Thread[] = []
    bench = await TestBench.start({
      world: present(namedWorld('two-events')),
      behaviour: (base) => ({
        watched(call) {
          threads.push(call.thread)
          return base.watched(call)
        },
      }),
    })
    const { port, hostname, pathname } = new URL(bench.events())
    const socket = connect(Number(port), hostname)
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.on('error', () => undefined)
    const answered = new Promise((resolve) => socket.once('data', resolve))
    socket.write(
      `GET ${pathname} HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nAuthorization: Bearer ${bench.server.token}\r\n\r\n`,
    )
    await answered
    socket.pause()
    const thread = present(threads[0])
    expect(thread.readers).toBe(1)
    const big = 'x'.repeat(1024 * 1024)
    let sent = 0
    while (thread.readers > 0 && sent < 64) await append(newEvents(sent++, 1, big))
    expect(thread.readers).toBe(0)
    expect(sent * big.length).toBeGreaterThan(maxQueuedBytes)
    socket.resume()
    await closed
  }, 60_000)

  test('readers that go away are forgotten', async () => {
    const threads: Thread[] = []
    bench = await TestBench.start({
      behaviour: (base) => ({
        watched(call) {
          threads.push(call.thread)
          return base.watched(call)
        },
      }),
    })
    await Promise.all(
      Array.from({ length: 20 }, () => bench.frames(bench.events(), (seen) => seen.length > 3)),
    )
    await expect.poll(() => present(threads[0]).readers).toBe(0)
  })
})
