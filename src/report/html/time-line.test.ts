import { expect, test } from 'vitest'
import { datedRecords } from './dated-records.ts'
import { aReportedExchange } from './report-fixture.ts'
import { timeLine } from './time-line.ts'

const record = (id: string, second: string) => ({
  id: `evt_${id}`,
  created_at: `2026-01-01T00:00:${second}Z`,
})
const page = (...records: object[]) => JSON.stringify({ data: records, has_more: true })
const pair = ['2026-01-01T00:00:03Z evt_b', '2026-01-01T00:00:02Z evt_c']

test('records are read from a body that was cut off, up to the cut', () => {
  const body = `${page(record('a', '01'), record('b', '03')).slice(0, -30)}… (9 characters)`
  expect(datedRecords(aReportedExchange(1, { body })).map(({ id }) => id)).toEqual(['evt_a'])
  const nested = page({ ...record('a', '01'), content: [{ text: '}]{"\\"' }] }, record('b', '02'))
  expect(datedRecords(aReportedExchange(1, { body: nested })).map(({ id }) => id)).toEqual(['evt_a', 'evt_b'])
})

test('the neighbours of an inversion are drawn, with one step back in time', () => {
  const body = page(record('a', '01'), record('b', '03'), record('c', '02'), record('d', '04'))
  const drawn = timeLine(pair, [aReportedExchange(1, { body })])?.markup ?? ''
  expect(drawn.match(/class="step/g)).toHaveLength(3)
  expect(drawn.match(/class="step back"/g)).toHaveLength(1)
  expect(drawn.match(/<g class="involved">/g)).toHaveLength(2)
})

test('a page in descending order is read from its end', () => {
  const body = page(record('d', '04'), record('c', '02'), record('b', '03'), record('a', '01'))
  const exchange = aReportedExchange(1, { body, target: '/events?order=desc' })
  const drawn = timeLine(pair, [exchange])?.markup ?? ''
  expect(drawn.match(/class="step/g)).toHaveLength(3)
  expect(drawn).toContain('<code>evt_c</code> is listed first')
  expect(drawn).toContain('<code>evt_b</code> is listed after the other, but is later')
})

test('without an exchange only the two records are drawn, even if a nanosecond apart', () => {
  const close = ['2026-01-01T00:00:00.000000002Z evt_b', '2026-01-01T08:00:00.000000001+08:00 evt_c']
  const drawn = timeLine(close, [])?.markup ?? ''
  const [, x1, x2] = /class="step back" x1="([\d.]+)" y1="\d+" x2="([\d.]+)"/.exec(drawn) ?? []
  expect(Number(x1)).toBeGreaterThan(Number(x2))
})

test('draws no time line for values without times', () => {
  expect(timeLine(['evt_b', 'evt_c'], [])).toBeUndefined()
  expect(timeLine(['yesterday evt_b', 'today evt_c'], [])).toBeUndefined()
})
