import type { Fault } from '../fault.ts'
import { sessionsAlike, sessionsMatching, threadsAlike, threadsMatching } from '../overrides/ids-alike.ts'

function decodedAgain(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}

function like(pattern: string): RegExp {
  const source = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${source.replaceAll('%', '.*').replaceAll('_', '.')}$`)
}

/** Ids that are not the real one and are taken for it. */
export const nearIdsFaults: readonly Fault[] = [
  {
    name: 'thread-id-case-insensitive',
    sentence: 'A thread is found by its id in any letter case.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    seen: 'A column with a case-insensitive collation.',
    override: threadsAlike((id) => id.toLowerCase()),
  },
  {
    name: 'session-id-case-insensitive',
    sentence: 'A session is found by its id in any letter case.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    override: sessionsAlike((id) => id.toLowerCase()),
  },
  {
    name: 'session-id-trimmed',
    sentence: 'White space around a session id is ignored.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    override: sessionsAlike((id) => id.trim()),
  },
  {
    name: 'thread-id-with-trailing-spaces',
    sentence: 'Spaces at the end of a thread id are ignored.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    seen: 'CHAR columns and PAD SPACE collations, which compare texts without trailing spaces.',
    override: threadsAlike((id) => id.replace(/ +$/, '')),
  },
  {
    name: 'thread-id-with-path-parameters',
    sentence: 'What follows a semicolon in the thread id is ignored.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    seen: 'Path parameters (;v=1) of servlet containers.',
    override: threadsAlike((id) => id.replace(/;.*$/, '')),
  },
  {
    name: 'thread-id-with-an-extension',
    sentence: 'A file extension behind the thread id is ignored.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    seen: 'Routes with an optional format, such as (.:format).',
    override: threadsAlike((id) => id.replace(/\.[a-z]+$/, '')),
  },
  {
    name: 'session-id-as-like-pattern',
    sentence: 'The session is looked up with LIKE.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    override: sessionsMatching((id) => (id.length > 1 && id.endsWith('%') ? like(id) : undefined)),
  },
  {
    name: 'session-id-cut-short',
    sentence: 'A session is found by the beginning of its id.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    seen: 'Short ids, as version control systems accept them.',
    override: sessionsMatching((id) => (id.length > 8 ? like(`${id}%`) : undefined)),
  },
  {
    name: 'thread-id-cut-short',
    sentence: 'A thread is found by the beginning of its id.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    override: threadsMatching((id) => (id.length > 8 ? like(`${id}%`) : undefined)),
  },
  {
    name: 'thread-id-with-a-query-behind-it',
    sentence: 'An encoded question mark ends the thread id.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    seen: 'A path that is decoded before the query is split off.',
    override: threadsAlike((id) => id.replace(/\?.*$/, '')),
  },
  {
    name: 'thread-id-normalised',
    sentence: 'Thread ids are normalised to Unicode NFKC before they are compared.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    override: threadsAlike((id) => id.normalize('NFKC')),
  },
  {
    name: 'thread-id-decoded-twice',
    sentence: 'The thread id in the path is percent-decoded twice.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-05'],
    seen: 'A proxy that decodes the path, and a framework that decodes it again.',
    override: threadsAlike(decodedAgain),
  },
  {
    name: 'thread-id-as-like-pattern',
    sentence: 'A `%` or `_` in a thread id works as in LIKE.',
    violates: ['NFD-04'],
    alsoAffects: ['NFD-02', 'NFD-05'],
    override: (base) => ({
      findThread: (call, session, id) =>
        base.findThread(call, session, id) ??
        [...session.threads.values()].find((thread) => like(id).test(thread.id)),
    }),
  },
]
