import { describe, expect, test } from 'vitest'
import { requirements } from '../contract/catalogue.ts'
import { junit } from './junit.ts'
import { findingOf, hostileTexts, reportOf, reportSaying } from './report-fixture.ts'
import { readXml } from './xml-fixture.ts'

function casesOf(xml: string) {
  return [...readXml(xml).getElementsByTagName('testcase')].map((one) => ({
    name: one.getAttribute('name') ?? '',
    inside: [...one.childNodes].map(({ nodeName }) => nodeName),
    text: one.textContent ?? '',
  }))
}

describe('JUnit', () => {
  test('has one case for each requirement, its id first', () => {
    const names = casesOf(junit(reportOf())).map(({ name }) => name.split(' ')[0])
    expect(names.toSorted()).toEqual(requirements.map(({ id }) => id).toSorted())
  })

  test('maps each verdict, and a waived failure is skipped', () => {
    const findings = [findingOf('wrong')]
    const waiver = { requirement: 'EVT-01', owner: 'ann', reason: 'known', expires: '2099-01-01' }
    const xml = junit(
      reportOf({
        'ENV-01': { verdict: 'fail', findings },
        'ENV-02': { verdict: 'broken', reason: 'oh' },
        'ENV-03': { verdict: 'inconclusive', reason: 'a second type' },
        'ENV-04': { verdict: 'not-run' },
        'EVT-01': { verdict: 'waived', findings, waived_by: [waiver] },
      }),
    )
    const inside = (id: string) =>
      casesOf(xml)
        .find(({ name }) => name === id)
        ?.inside.filter((name) => name !== 'system-out')
    expect(['ENV-01', 'ENV-02', 'ENV-03', 'ENV-04', 'ENV-05', 'EVT-01'].map(inside)).toEqual([
      ['failure'],
      ['error'],
      ['skipped'],
      ['skipped'],
      [],
      ['skipped'],
    ])
    const root = readXml(xml).documentElement
    const count = (name: string) => Number(root?.getAttribute(name))
    expect([count('tests'), count('failures'), count('errors'), count('skipped')]).toEqual([
      requirements.length,
      1,
      1,
      3,
    ])
  })

  test('a failing SHOULD is skipped, except under strict', () => {
    const failing = { 'EVT-07': { verdict: 'fail' as const, findings: [findingOf('turn_ is missing')] } }
    const result = (strict: boolean) =>
      casesOf(junit(reportOf(failing, { strict })))
        .find(({ name }) => name.startsWith('EVT-07'))
        ?.inside.filter((name) => name !== 'system-out')
    expect([result(false), result(true)]).toEqual([['skipped'], ['failure']])
    expect(junit(reportOf(failing))).toContain('failed, but does not fail the run: turn_ is missing')
  })

  test('shows the finding and the command that repeats it', () => {
    const report = reportOf({ 'PAG-03': { verdict: 'fail', findings: [findingOf('evt_b is missing')] } })
    const failed = casesOf(junit(report)).find(({ name }) => name.startsWith('PAG-03'))
    expect(failed?.text).toContain('evt_b is missing')
    expect(failed?.text).toContain(report.exchanges[0]?.curl)
  })

  test.for(hostileTexts)('is well-formed, and of the same shape, when a target says %j', (text) => {
    const shape = (said: string) =>
      casesOf(junit(reportSaying(said))).map(({ name, inside }) => [name, inside])
    expect(shape(text)).toEqual(shape('harmless'))
  })
})
