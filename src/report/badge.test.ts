import { expect, test } from 'vitest'
import { badge } from './badge.ts'
import type { Report } from './model.ts'
import { findingOf, reportOf } from './report-fixture.ts'
import { readXml } from './xml-fixture.ts'

const failing = { verdict: 'fail', findings: [findingOf('wrong')] } as const

test.for<[string, Report]>([
  ['conformant', reportOf()],
  ['conformant', reportOf({ 'EVT-07': failing })],
  ['2 failing', reportOf({ 'ENV-01': failing, 'ENV-02': failing }, { verdict: 'nonconformant' })],
  ['1 failing', reportOf({ 'EVT-07': failing }, { verdict: 'nonconformant', strict: true })],
  ['nonconformant', reportOf({}, { verdict: 'nonconformant', strict: true })],
  ['inconclusive', reportOf({}, { verdict: 'inconclusive' })],
  ['internal error', reportOf({}, { verdict: 'broken' })],
])('the badge is an SVG picture that says %s', ([text, report]) => {
  const svg = readXml(badge(report)).documentElement
  expect(svg?.namespaceURI).toBe('http://www.w3.org/2000/svg')
  expect(svg?.getAttribute('aria-label')).toBe(`events contract: ${text}`)
  const shown = [...(svg?.getElementsByTagName('text') ?? [])]
  expect(shown.map(({ textContent }) => textContent)).toEqual(['events contract', text])
  const width = Number(svg?.getAttribute('width'))
  for (const one of shown)
    expect(Number(one.getAttribute('x')) + Number(one.getAttribute('textLength'))).toBeLessThan(width)
})
