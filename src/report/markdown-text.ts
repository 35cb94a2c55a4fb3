import { printable } from './printable.ts'

/** Invisible, and separates the characters around it. */
const nothing = '&#8203;'

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', $: '&#36;' }

/** The beginnings of mentions, references, bare addresses and emoji names. */
const joined = /@|[#!]|:(?=\/\/|[a-z+-][\w+-]*:)|www(?=\.)|gh(?=-\d)/

const special = new RegExp(`${joined.source}|[&<$\\\\\`*_{}[\\]()+|>~-]`, 'gi')

/**
 * Text of a target as Markdown that shows it and does nothing else: no markup, links, mentions or HTML.
 *
 * GitHub and GitLab look for mentions, references and bare addresses in what has been rendered, where an escape
 * is gone already; so these are taken apart.
 */
export function markdownText(text: string): string {
  return printable(text).replace(special, (found) => {
    const entity = entities[found]
    if (entity !== undefined) return entity
    if (/[:wg]/i.test(found)) return `${found}${nothing}`
    return /[@#!]/.test(found) ? `\\${found}${nothing}` : `\\${found}`
  })
}
