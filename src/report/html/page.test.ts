import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { parseJson } from '../../contract/json.ts'
import { hostile, hostilePayloads } from './hostile-fixture.ts'
import { htmlReport } from './page.ts'
import { aReport, aReportedExchange } from './report-fixture.ts'

const page = htmlReport(aReport)
const data = (text: string) => /<script type="application\/json"[^>]*>(.*?)<\/script>/s.exec(text)?.[1] ?? ''

test('each requirement has its cell in the matrix and its row, with its state as a word', () => {
  for (const { id, verdict } of aReport.requirements) {
    expect(page).toContain(`href="#${id}"`)
    expect(page).toMatch(new RegExp(`id="${id}" data-state="${verdict}"`))
  }
  expect(page.match(/class="cell /g)).toHaveLength(aReport.requirements.length)
})

test('the page shows verdict, target, reproduction, fingerprint, what to provide, waivers and observations', () => {
  for (const text of [
    'NONCONFORMANT',
    'http://127.0.0.1:1/v1',
    'always (3 of 3)',
    '0123456789ab',
    'Set CONFORMANCE_THREAD_ID.',
    'known since spring',
    'has expired',
    'How is HEAD answered?',
    'The suite could not go on.',
    '12 requests',
  ])
    expect(page).toContain(text)
})

test('a counterexample is shown with its world, its requests and its replay command', () => {
  const body = page.slice(page.indexOf('id="PAG-03"'), page.indexOf('id="PAG-04"'))
  for (const text of [
    'thread 1 sthr_1: 2 events',
    'thread 2 sthr_2: 0 events',
    '2026-01-01T00:00:00.000000002Z',
    'GET …/events?after_id=evt_A',
    'thread-events-conformance replay conformance.json PAG-03',
    'seed 4711, path 3:0:1',
  ])
    expect(body).toContain(text)
  expect(page).toContain(
    '120 generated requests to 8 generated worlds, seed 4711. Also failed there, probably for the same reason: ORD-04.',
  )
  expect(page).toContain('<dt>Seed</dt><dd>4711</dd>')
})

test('the page of a shard says that it is one', () => {
  expect(page).not.toContain('This is shard')
  expect(htmlReport({ ...aReport, part: { index: 2, count: 3 } })).toContain('This is shard 2 of 3')
})

test('a counterexample about the thread of the target has no world', () => {
  const [first] = aReport.generated?.counterexamples ?? []
  if (first === undefined || aReport.generated === undefined) throw new Error('The fixture has none.')
  const counterexamples = [{ ...first, world: null }]
  const found = htmlReport({ ...aReport, generated: { ...aReport.generated, counterexamples } })
  expect(found).toContain('The requests were sent to the target’s own thread.')
})

test('the policy lets nothing run but the style and scripts of the page, by their hashes', () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? ''
  const plain = policy.replaceAll('&#39;', "'")
  expect(plain).toContain("default-src 'none'")
  expect(plain).not.toMatch(/unsafe|https?:|\*|data:/)
  const codes = [...page.matchAll(/<(?:style|script)>(.*?)<\/(?:style|script)>/gs)].map(
    ([, code = '']) => code,
  )
  expect(codes).toHaveLength(5)
  for (const code of codes)
    expect(plain).toContain(`'sha256-${createHash('sha256').update(code).digest('base64')}'`)
})

test('the page has no event handler, no style attribute and no address to load from', () => {
  expect(page).not.toMatch(/<[^>]*\s(?:on\w+|style|src|srcset)=/)
  expect(page).not.toMatch(/<(?:link|iframe|object|img)\b/)
})

test('hostile texts open no tag anywhere', () => {
  const tags = (text: string) => [...text.matchAll(/<([a-z!][^\s>/]*)/gi)].map(([, tag = '']) => tag)
  const attacked = htmlReport(hostile(aReport))
  const known = new Set(tags(page))
  expect(tags(attacked).filter((tag) => !known.has(tag))).toEqual([])
  const active = (text: string) =>
    tags(text).filter((tag) => /^(script|style|meta|form|input|svg)$/.test(tag))
  expect(active(attacked)).toEqual(active(page))
  expect(attacked).not.toMatch(/href="(?!#|https?:)/)
  expect(attacked).not.toMatch(/[\u0000\u001b\u200b\u202e\u2066\u2028\u2029\ufeff]/)
})

test('the data of exchanges is JSON that cannot end its element, and has the texts whole', () => {
  const text = data(htmlReport(hostile(aReport)))
  expect(text).not.toMatch(/[<>&]/)
  const exchanges = parseJson(text)
  expect(JSON.stringify(exchanges)).toContain(JSON.stringify(hostilePayloads[1] ?? '').slice(1, -1))
})

test('a report without a judged target, exchanges or questions is a page too', () => {
  const { pass, fail, ...others } = aReport.summary.MUST
  const none = { ...others, pass: pass * 0, fail: fail * 0 }
  const empty = htmlReport({
    ...aReport,
    verdict: 'inconclusive',
    requirements: [],
    observations: [],
    exchanges: [],
    waivers: [],
    summary: { MUST: none, SHOULD: none },
    target: { ...aReport.target, session_id: null, thread_id: null, events_read: 0, advice: 'Set a token.' },
    traffic: { ...aReport.traffic, latency_ms: null },
  })
  expect(empty).toContain('INCONCLUSIVE')
  expect(empty).toContain('Set a token.')
})

test('two thousand exchanges add their data and not their markup', () => {
  const exchanges = Array.from({ length: 2_000 }, (_, at) => aReportedExchange(at + 1))
  const many = htmlReport({ ...aReport, exchanges })
  expect(many.replace(data(many), '').length).toBeLessThan(page.length + 100_000)
})
