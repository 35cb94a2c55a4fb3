import { printable } from '../printable.ts'

/** What a template may hold: text, which is escaped; markup, which is not; and lists of both. */
export type MarkupPart = string | number | undefined | Markup | readonly MarkupPart[]

/** Markup that may stand in a page as it is. Only {@link html} and {@link verbatim} make it. */
export interface Markup {
  readonly markup: string
}

/**
 * Makes markup of a template. Every value in it that is no markup is escaped, for text and for quoted
 * attributes alike, so that text of a target can never become markup.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly MarkupPart[]): Markup {
  const markup = strings.map((string, at) => (at === 0 ? string : written(parts[at - 1]) + string)).join('')
  return { markup }
}

/** Markup of the suite's own, which holds nothing of a target. */
export function verbatim(markup: string): Markup {
  return { markup }
}

/** A sentence in which words between backticks are code. */
export function sentence(text: string): Markup {
  return html`${text.split('`').map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : part))}`
}

/** Text of several lines: line feeds and tabs stay, all else that is not to be seen becomes an escape. */
export function printableLines(text: string): string {
  return text
    .split(/([\n\t])/)
    .map((part, at) => (at % 2 === 1 ? part : printable(part)))
    .join('')
}

function written(part: MarkupPart): string {
  if (part === undefined) return ''
  if (typeof part === 'object') return 'markup' in part ? part.markup : part.map(written).join('')
  return printableLines(String(part)).replace(/[&<>"'`]/g, (char) => `&#${char.charCodeAt(0)};`)
}
