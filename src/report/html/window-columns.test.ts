import { expect, test } from 'vitest'
import { windowColumns } from './window-columns.ts'

const drawn = (expected: string, actual: string) =>
  windowColumns([...expected], [...actual]).map(({ expected, got, difference, gap }) =>
    gap > 0 ? gap : `${expected ?? '·'}${got ?? '·'}${difference === '' ? '' : ` ${difference}`}`,
  )

test('an unexpected record is placed below the one that it replaces', () => {
  expect(drawn('abc', 'axc')).toEqual(['aa', 'bx ≠ replaced', 'cc'])
})

test('a missing and an unexpected record each leave the other row empty', () => {
  expect(drawn('abc', 'ac')).toEqual(['aa', 'b· − missing', 'cc'])
  expect(drawn('ac', 'abc')).toEqual(['aa', '·b + extra', 'cc'])
})

test('a record in another place is moved, and a second copy is repeated', () => {
  expect(drawn('ab', 'ba').join()).toContain('moved')
  expect(drawn('ab', 'ba').join()).not.toMatch(/missing|extra/)
  expect(drawn('ab', 'abb').join()).toContain('repeated')
})

test('equal records far from any difference are left out and counted', () => {
  expect(drawn('abcdefghX', 'abcdefghY')).toEqual([6, 'gg', 'hh', 'XY ≠ replaced'])
})

test('the number of columns is limited', () => {
  const ids = (letter: string) => Array.from({ length: 300 }, (_, at) => `${letter}${at}`)
  const columns = windowColumns(ids('a'), ids('b'))
  expect(columns.length).toBe(12)
  expect(columns.at(-1)?.gap).toBe(289)
})
