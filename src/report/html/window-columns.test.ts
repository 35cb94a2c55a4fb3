import { expect, test } from 'vitest'
import { windowColumns } from './window-columns.ts'

const drawn = (expected: string, actual: string) =>
  windowColumns([...expected], [...actual]).map(({ expected, seen, difference, gap }) =>
    gap > 0 ? gap : `${expected ?? '·'}${seen ?? '·'}${difference === '' ? '' : ` ${difference}`}`,
  )

test('a record that came instead of another stands under it', () => {
  expect(drawn('abc', 'axc')).toEqual(['aa', 'bx ≠ another', 'cc'])
})

test('a missing and a surplus record each leave their place empty', () => {
  expect(drawn('abc', 'ac')).toEqual(['aa', 'b· − missing', 'cc'])
  expect(drawn('ac', 'abc')).toEqual(['aa', '·b + extra', 'cc'])
})

test('a record in another place was moved, one that comes twice came again', () => {
  expect(drawn('ab', 'ba').join()).toContain('moved')
  expect(drawn('ab', 'ba').join()).not.toMatch(/missing|extra/)
  expect(drawn('ab', 'abb').join()).toContain('again')
})

test('what is the same far from any difference is left out and counted', () => {
  expect(drawn('abcdefghX', 'abcdefghY')).toEqual([6, 'gg', 'hh', 'XY ≠ another'])
})

test('a window that is wrong from end to end is bounded', () => {
  const ids = (letter: string) => Array.from({ length: 300 }, (_, at) => `${letter}${at}`)
  const columns = windowColumns(ids('a'), ids('b'))
  expect(columns.length).toBe(28)
  expect(columns.at(-1)?.gap).toBe(273)
})
