import type { Fault } from '../fault.ts'
import { sessionsAlike, sessionsMatching, threadsAlike, threadsMatching } from '../overrides/ids-alike.ts'

/** Cyrillic and Greek letters, and the Latin ones that look like them. */
const latin: Readonly<Record<string, string>> = { а: 'a', с: 'c', е: 'e', о: 'o', ѕ: 's', ο: 'o' }

/** The regular expression that a text is, from its beginning to its end. */
function pattern(text: string): RegExp | undefined {
  try {
    return new RegExp(`^${text}$`)
  } catch {
    return undefined
  }
}

/** Ids that are written in another way and are taken for the real one. */
export const spelledIdsFaults: readonly Fault[] = [
  {
    name: 'thread-id-with-invisible-characters',
    sentence: 'Zero-width characters in a thread id are ignored.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    seen: 'Sanitised input.',
    override: threadsAlike((id) => id.replace(/[\u200b-\u200d\ufeff]/g, '')),
  },
  {
    name: 'thread-id-without-accents',
    sentence: 'Combining accents in a thread id are ignored.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    seen: 'A column with an accent-insensitive collation.',
    override: threadsAlike((id) => id.normalize('NFD').replace(/\p{M}/gu, '')),
  },
  {
    name: 'thread-id-transliterated',
    sentence: 'Letters of other alphabets in a thread id are read as the Latin letters that look like them.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    seen: 'Slugs are transliterated before they are looked up.',
    override: threadsAlike((id) => id.replace(/[асеоѕο]/g, (char) => latin[char] ?? char)),
  },
  {
    name: 'session-id-before-a-line-break',
    sentence: 'A line break behind a session id is ignored.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    seen: '`$` in a regular expression matches before a final line break.',
    override: sessionsAlike((id) => id.replace(/\n$/, '')),
  },
  {
    name: 'session-id-normalised',
    sentence: 'Session ids are normalised to Unicode NFKC before they are compared.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    override: sessionsAlike((id) => id.normalize('NFKC')),
  },
  {
    name: 'session-id-without-its-prefix',
    sentence: 'The prefix of a session id is optional.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    seen: 'Only the part behind the prefix is stored.',
    override: sessionsAlike((id) => id.replace(/^sess_/, '')),
  },
  {
    name: 'session-id-with-a-hyphen',
    sentence: 'A hyphen and an underscore are the same in a session id.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    seen: 'Ids are converted to variable names.',
    override: sessionsAlike((id) => id.replaceAll('-', '_')),
  },
  {
    name: 'session-id-as-glob',
    sentence: 'A `*` in a session id matches anything.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    seen: 'Redis KEYS.',
    override: sessionsMatching((id) => (id.includes('*') ? pattern(id.replaceAll('*', '.*')) : undefined)),
  },
  {
    name: 'thread-id-as-regular-expression',
    sentence: 'A thread id is looked up as a regular expression.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    seen: 'MongoDB $regex.',
    override: threadsMatching(pattern),
  },
  {
    name: 'thread-id-in-quotes',
    sentence: 'Quotes around a thread id are removed.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    seen: 'The id is read as JSON first.',
    override: threadsAlike((id) => id.replace(/^"(.*)"$/, '$1')),
  },
  {
    name: 'thread-id-in-braces',
    sentence: 'Braces around a thread id are removed.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    seen: 'Parsers of UUIDs.',
    override: threadsAlike((id) => id.replace(/^\{(.*)\}$/, '$1')),
  },
  {
    name: 'session-id-with-braces-inside',
    sentence: 'Braces behind the prefix of a session id are removed.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    override: sessionsAlike((id) => id.replace(/[{}]/g, '')),
  },
  {
    name: 'thread-id-before-a-comma',
    sentence: 'Of several comma-separated thread ids, the first is used.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    seen: 'The parameter is read as a list.',
    override: threadsAlike((id) => id.replace(/,.*$/, '')),
  },
  {
    name: 'thread-id-behind-anything',
    sentence: 'A thread is found by any text that ends in its id.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    seen: 'A pattern without an anchor.',
    override: threadsAlike((id) => id.slice(Math.max(0, id.lastIndexOf('sthr_')))),
  },
  {
    name: 'thread-id-with-a-dot-behind-it',
    sentence: 'Dots behind a thread id are ignored.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    seen: 'Windows paths.',
    override: threadsAlike((id) => id.replace(/\.+$/, '')),
  },
  {
    name: 'thread-id-with-a-backslash',
    sentence: 'Backslashes in a thread id are removed.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    seen: 'Escapes are removed before the id is looked up.',
    override: threadsAlike((id) => id.replaceAll('\\', '')),
  },
]
