import { expect, test } from 'vitest'
import { apfd, detectedAt, greedyOrder } from './greedy-order.ts'

const requests = [[], ['A 1'], ['A 2'], ['B 1', 'C 1'], ['B 2']]

test('what shows most faults goes first, behind the preparation', () => {
  const exposures = [
    { fault: 'a', sets: [['C 1'], ['A 1']] },
    { fault: 'b', sets: [['B 1']] },
    { fault: 'c', sets: [['A 2', 'B 2']] },
  ]
  const order = greedyOrder(requests, exposures)
  expect(order.slice(0, 2)).toEqual([0, 3])
  expect(order.toSorted()).toEqual([0, 1, 2, 3, 4])
  expect(detectedAt(requests, order, exposures).slice(0, 2)).toEqual([2, 2])
})

test('what a request waits for goes before it', () => {
  const order = greedyOrder(requests, [{ fault: 'a', sets: [['A 2', 'C 1']] }], { 'B 2': ['A 1'] })
  expect(order.indexOf(1)).toBeLessThan(order.indexOf(4))
})

test('open questions are asked last unless they show a fault, and screens early', () => {
  const asked = [['head 1'], ['NFD-01 1'], ['NFD-01 2'], ['NFD-04 1'], ['NFD-04 2s1']]
  const order = greedyOrder(asked, [{ fault: 'a', sets: [['NFD-01 2']] }])
  expect(order.at(-1)).toBe(0)
  expect(order[0]).toBe(4)
})

test('the whole preparation goes first, also what answers questions', () => {
  const prepared = [['A 1'], [], ['A 2s1'], ['B 1']]
  expect(greedyOrder(prepared, [{ fault: 'a', sets: [['B 1']] }], {}, 2).slice(0, 2)).toEqual([0, 1])
})

test('a request that shows two faults goes before those that show one each', () => {
  const asked = [[], ['NFD-01 1'], ['NFD-02 1'], ['NFD-03 1']]
  const exposures = ['NFD-01 1', 'NFD-02 1', 'NFD-03 1', 'NFD-03 1'].map((question, at) => ({
    fault: `${at}`,
    sets: [[question]],
  }))
  expect(greedyOrder(asked, exposures)[1]).toBe(3)
})

test('a fault that the preparation shows needs no question', () => {
  expect(detectedAt(requests, [0, 1, 2, 3, 4], [{ fault: 'a', sets: [[]] }])).toEqual([0])
})

test('APFD is high where faults show early', () => {
  expect(apfd([1, 1], 10)).toBeCloseTo(0.95)
  expect(apfd([10, 10], 10)).toBeCloseTo(0.05)
})
