import { expect, test } from 'vitest'
import { textWidth } from './text-width.ts'
import { wrap } from './wrap.ts'

test('breaks at words within the width', () => {
  expect(wrap('one two three', 11, '  ')).toEqual(['  one two', '  three'])
})

test('counts two columns for CJK characters, and breaks text without spaces', () => {
  const lines = wrap('不支持的查询参数'.repeat(6), 40, '    ')
  for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(40)
  expect(lines.map((line) => line.trim()).join('')).toBe('不支持的查询参数'.repeat(6))
})
