import { printable } from './printable.ts'

/** Any text as it may stand in XML and HTML, between tags or in an attribute: it shows, and is never markup. */
export function xmlText(text: string): string {
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
