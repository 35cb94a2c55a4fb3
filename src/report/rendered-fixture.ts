import type { Element, Node } from '@xmldom/xmldom'
import markdownIt from 'markdown-it'
import { readXml } from './xml-fixture.ts'

const renderer = markdownIt({ html: true, linkify: true, xhtmlOut: true })

/** What a reader of Markdown gets to see. */
export interface Rendered {
  /** Every element with its attributes, in the order of the text. */
  readonly elements: readonly string[]
  /** The text outside of code, in which a site looks for mentions, references and addresses. */
  readonly prose: string
  /** The text of every block of code. */
  readonly code: readonly string[]
  readonly text: string
}

/** Renders Markdown with HTML and bare links allowed, by a renderer of others; fails when a tag is left open. */
export function rendered(markdown: string): Rendered {
  const root = readXml(`<body>${renderer.render(markdown)}</body>`).documentElement
  const inside = [...(root?.getElementsByTagName('*') ?? [])]
  return {
    elements: inside.map(named),
    prose: root === null ? '' : proseOf(root),
    code: inside.filter(({ tagName }) => tagName === 'pre').map(({ textContent }) => textContent ?? ''),
    text: root?.textContent ?? '',
  }
}

function named({ tagName, attributes }: Element): string {
  return [tagName, ...[...attributes].map(({ name, value }) => `${name}=${value}`)].join(' ')
}

function proseOf(node: Node): string {
  if (node.nodeName === 'code' || node.nodeName === 'pre') return ' '
  if (node.nodeType === node.TEXT_NODE) return node.nodeValue ?? ''
  return [...node.childNodes].map(proseOf).join('')
}
