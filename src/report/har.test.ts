import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { describe, expect, test } from 'vitest'
import { isJsonObject, type JsonValue, parseJson } from '../contract/json.ts'
import type { Exchange, Frame, StreamRecord } from '../wire/exchange.ts'
import { har } from './har.ts'
import { hostileTexts } from './report-fixture.ts'

const load = createRequire(import.meta.url)
const schemas: Readonly<Record<string, object>> = load('har-schema')
const ajv = new Ajv({ strict: false, allErrors: true })
ajv.addMetaSchema(load('ajv/dist/refs/json-schema-draft-06.json'))
ajv.addFormat('date-time', (text: string) => !Number.isNaN(Date.parse(text)))
ajv.addFormat('uri', (text: string) => URL.canParse(text) && !/\s/.test(text))
for (const name of ['ipv4', 'ipv6']) ajv.addFormat(name, true)
for (const schema of Object.values(schemas)) ajv.addSchema(schema)

function exchangeOf(more: Partial<Exchange> = {}): Exchange {
  return {
    id: 1,
    purpose: 'the list',
    request: { method: 'GET', target: '/events?limit=2', headers: [['accept', 'application/json']] },
    response: {
      status: 200,
      headers: [['content-type', 'application/json']],
      body: '{}',
      bytes: 2,
      utf8: true,
      truncated: false,
    },
    failure: undefined,
    stream: undefined,
    startedAtMs: 10,
    firstByteMs: 2.5,
    totalMs: 4,
    waits: 0,
    echoes: [],
    ...more,
  }
}

function streamOf(frames: readonly Frame[]): StreamRecord {
  return { frames, comments: 0, heartbeats: 0, leftover: 0, parseErrors: [], end: 'enough' }
}

/** The entries of the HAR of these exchanges, which the published schema has nothing against. */
function entriesOf(...exchanges: Exchange[]): readonly JsonValue[] {
  const record = {
    startedAt: '2026-05-01T10:00:00.000Z',
    exchanges,
    target: { baseUrl: 'http://a.example/v1/' },
  }
  const document = parseJson([...har(record, '0.1.0')].join(''))
  const validate = ajv.getSchema('har.json#')
  expect([validate?.(document), validate?.errors]).toEqual([true, null])
  const log = isJsonObject(document) ? document.log : undefined
  return isJsonObject(log) && Array.isArray(log.entries) ? log.entries : []
}

describe('HAR', () => {
  test('has every exchange in the order of sending, with its address and times', () => {
    const later = exchangeOf({ id: 2, startedAtMs: 1_500.5, purpose: 'another' })
    const entries = entriesOf(later, exchangeOf())
    expect(entries).toMatchObject([{ comment: '#1 the list' }, { comment: '#2 another' }])
    expect(entries[1]).toMatchObject({
      startedDateTime: '2026-05-01T10:00:01.500Z',
      time: 4,
      timings: { send: 0, wait: 2.5, receive: 1.5 },
      request: { url: 'http://a.example/v1/events?limit=2', queryString: [{ name: 'limit', value: '2' }] },
      response: { status: 200, content: { size: 2, mimeType: 'application/json', text: '{}' } },
    })
  })

  test('keeps the spelling of a query as it was sent', () => {
    const target = '/events?types[]=a&types%5B%5D=b&x=%zz&limit=%'
    const [entry] = entriesOf(exchangeOf({ request: { method: 'GET', target, headers: [] } }))
    expect(entry).toMatchObject({ request: { url: `http://a.example/v1${target}` } })
  })

  test('says why there is no answer, or only a part of one', () => {
    const failure = { kind: 'connect' as const, message: 'the connection was refused' }
    const entries = entriesOf(
      exchangeOf({ response: undefined, failure, firstByteMs: undefined }),
      exchangeOf({ id: 2, failure: { kind: 'reset', message: 'the response ended prematurely' } }),
    )
    expect(entries).toMatchObject([
      { _error: 'the connection was refused', response: { status: 0 }, time: 4 },
      { _error: 'the response ended prematurely', response: { status: 200 } },
    ])
  })

  test('has a stream as text that a reader of event streams understands', () => {
    const frames = [
      { id: 'evt_a', event: 'agent.message', data: '{"a":1}\nsecond line', atMs: 1 },
      { id: undefined, event: undefined, data: '', atMs: 2 },
    ]
    const [entry] = entriesOf(exchangeOf({ stream: streamOf(frames) }))
    const read: EventSourceMessage[] = []
    const text = textOf(entry)
    createParser({ onEvent: (event) => read.push(event) }).feed(text)
    expect(read).toEqual([
      { id: 'evt_a', event: 'agent.message', data: '{"a":1}\nsecond line' },
      { data: '' },
    ])
  })

  test('does not grow with the length of a stream, and says what it left out', () => {
    const frames = Array.from({ length: 10_000 }, () => ({
      id: 'evt_a',
      event: undefined,
      data: 'x'.repeat(100),
      atMs: 1,
    }))
    const text = textOf(entriesOf(exchangeOf({ stream: streamOf(frames) }))[0])
    expect(text.length).toBeLessThan(17_000)
    expect(text).toMatch(/: and 9\d{3} events more\n\n$/)
  })

  test.for(hostileTexts)('is valid when a target says %j', (text) => {
    entriesOf(
      exchangeOf({
        request: { method: 'GET', target: `/events?after_id=${text}`, headers: [['x', text]] },
        response: {
          status: 599,
          headers: [
            ['content-type', text],
            ['location', text],
          ],
          body: text,
          bytes: 1,
          utf8: false,
          truncated: true,
        },
      }),
    )
  })
})

function textOf(entry: JsonValue | undefined): string {
  const response = isJsonObject(entry) ? entry.response : undefined
  const content = isJsonObject(response) ? response.content : undefined
  return isJsonObject(content) && typeof content.text === 'string' ? content.text : ''
}
