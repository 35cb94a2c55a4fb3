import { printable } from '../printable.ts'

/** A value in a template: text, which is escaped; markup, which is not; and lists of both. */
export type MarkupPart = string | number | undefined | Markup | readonly MarkupPart[]

/** Markup that needs no escaping. Only {@link html} and {@link verbatim} create it. */
export interface Markup {
  readonly markup: string
}

/**
 * Creates markup from a template. Values that are not markup are escaped for text and quoted attributes, so that text from
 * a target can never become markup.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly MarkupPart[]): Markup {
  const markup = strings.map((string, at) => (at === 0 ? string : written(parts[at - 1]) + string)).join('')
  return { markup }
}

/** The suite's own markup. It must not contain text from a target. */
export function verbatim(markup: string): Markup {
  return { markup }
}

/** A sentence with words between backticks as code. */
export function sentence(text: string): Markup {
  return html`${text.split('`').map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : part))}`
}

/** Text of several lines: invisible characters other than line feeds and tabs are escaped. */
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
