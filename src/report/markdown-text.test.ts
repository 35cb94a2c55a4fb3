import { expect, test } from 'vitest'
import { markdownFence } from './markdown-fence.ts'
import { markdownText } from './markdown-text.ts'
import { printable } from './printable.ts'
import { rendered } from './rendered-fixture.ts'
import { hostileTexts } from './report-fixture.ts'

const invisible = /\u200b/g

test.for(hostileTexts)('%j is shown unchanged, as text', (text) => {
  const { elements, text: shown } = rendered(`before ${markdownText(text)} after`)
  expect(elements).toEqual(['p'])
  expect(shown.replace(invisible, '').trim()).toBe(`before ${printable(text)} after`)
})

test.for(hostileTexts)('%j is one cell of a table', (text) => {
  const { elements } = rendered(`| a | b |\n|---|---|\n| ${markdownText(text)} | x |\n`)
  expect(elements.filter((name) => name === 'td')).toHaveLength(2)
  expect(elements).toHaveLength(9)
})

test.for(hostileTexts)('nothing that a site would make a link of is left of %j', (text) => {
  const { prose } = rendered(markdownText(text))
  expect(prose).not.toMatch(/@[\w-]|#\d|!\d|\bGH-\d|:\/\/|www\.|:tada:/i)
})

test.for(hostileTexts)('%j cannot end a fence', (text) => {
  const { elements, code } = rendered(`${markdownFence([text, text], 'text')}\n`)
  expect(elements).toEqual(['pre', 'code class=language-text'])
  expect(code).toEqual([`${printable(text)}\n${printable(text)}\n`])
})
