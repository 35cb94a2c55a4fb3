import { expect, test } from 'vitest'
import { UnknownFaults } from './unknown-faults.ts'

const requests = [
  [],
  ['NFD-04 1'],
  ['NFD-04 2'],
  ['NFD-04 3'],
  ['NFD-04 4'],
  ['PAG-03 1'],
  ['PAG-03 2'],
  ['PAG-02 1s1'],
]

function faultsShownBy(known: readonly (readonly number[])[], shownFirst: readonly number[] = []) {
  return new UnknownFaults({
    requests,
    isPrepared: (request) => request === 0,
    known: known.map((shown) => new Map(shown.map((request) => [request, 1]))),
    isShownFirst: (fault) => shownFirst.includes(fault),
  })
}

test('more unknown faults are expected where a check has shown many', () => {
  const faults = faultsShownBy([[1], [2], [3], [5]])
  expect(faults.shownFirstBy(4)).toBeGreaterThan(faults.shownFirstBy(6))
})

test('a request that shows no known fault is as likely to show an unknown one as others of its check', () => {
  const faults = faultsShownBy([[1], [2]])
  expect(faults.shownFirstBy(4)).toBeCloseTo(faults.shownFirstBy(1))
})

test('less is expected of faults that resemble those of a screen that was sent, or of the preparation', () => {
  const alone = faultsShownBy([[5]])
  const screened = faultsShownBy([[5, 7]])
  screened.send(7)
  const prepared = faultsShownBy([[5]], [0])
  expect(screened.shownFirstBy(6)).toBeLessThan(alone.shownFirstBy(6))
  expect(prepared.shownFirstBy(6)).toBeLessThan(alone.shownFirstBy(6))
})

test('a fault that half of the requests of a check show is less expected with each of them', () => {
  const faults = faultsShownBy([
    [1, 2],
    [1, 3],
    [2, 4],
  ])
  const before = faults.shownFirstBy(4)
  faults.send(1)
  faults.send(2)
  faults.send(3)
  expect(faults.shownFirstBy(4)).toBeLessThan(before)
})
