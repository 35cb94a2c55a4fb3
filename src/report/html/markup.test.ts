import { expect, test } from 'vitest'
import { html, sentence } from './markup.ts'

test('text in a template is escaped, in content and in attributes, and nested markup is not', () => {
  const inner = html`<b>${'<&>'}</b>`
  expect(html`<p title="${'"\'`'}">${inner}${['<', 1]}${undefined}</p>`.markup).toBe(
    '<p title="&#34;&#39;&#96;"><b>&#60;&#38;&#62;</b>&#60;1</p>',
  )
})

test('what cannot be seen, or turns a line round, is shown as an escape; line feeds stay', () => {
  expect(html`${'a\u202eb\u0000\n\tc\ud800'}`.markup).toBe('a\\u202eb\\u0000\n\tc\\ud800')
})

test('only the suite creates markup objects: texts of a target are strings', () => {
  expect(html`${'{"markup":"<b>"}'}`.markup).not.toContain('<b>')
})

test('words between backticks are code, and still escaped', () => {
  expect(sentence('give `<x>` then').markup).toBe('give <code>&#60;x&#62;</code> then')
})
