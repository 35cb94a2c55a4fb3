import { expect, test } from 'vitest'
import { specs } from '../../specs/index.ts'
import { defaultRevision } from '../contract/revisions/index.ts'
import { specsOfRevision } from '../spec-dsl/specs-of-revision.ts'
import { questionOrder } from './question-order.ts'
import { rankIn } from './rank-requests.ts'

const ranked = new Set(questionOrder.map((question) => question.slice(0, question.lastIndexOf(' '))))
const items = specsOfRevision(specs, defaultRevision).flatMap(({ area, items: own }) =>
  area === 'live' ? [] : own,
)

test('the order names the checks of the specs and no others', () => {
  const names = new Set(items.flatMap((item) => ('id' in item ? [item.id] : [])))
  expect([...ranked].filter((name) => ![...names].some((known) => known === name))).toEqual([])
  const asking = items.flatMap((item) => (item.kind === 'asking' ? [item.id] : []))
  expect(asking.filter((id) => !ranked.has(id))).toEqual([])
})

test('unknown requests are sent after those in the learnt order', () => {
  expect(rankIn('PAG-03')('1')).toBeLessThan(questionOrder.length)
  expect(rankIn('PAG-03')('999')).toBeGreaterThanOrEqual(questionOrder.length)
})
