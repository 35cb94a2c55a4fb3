import { isJsonObject } from '../../../contract/json.ts'
import type { Behaviour, Override } from '../../behaviour.ts'
import { writeToken } from '../../revisions/2026-07.ts'
import type { Fault } from '../fault.ts'

const revision = '2026-07'

function next(change: (base: Behaviour['nextPage']) => Behaviour['nextPage']): Override {
  return (base) => ({ nextPage: change(base.nextPage) })
}

/** What `next_page` says. */
export const nextPageFaults: readonly Fault[] = [
  {
    name: 'next-page-on-last-page',
    sentence: 'next_page is a cursor on the last page too.',
    violates: ['PAG-20'],
    alsoAffects: ['PAG-22', 'PAG-24'],
    revision,
    override: next((right) => (call, page) => {
      const last = page.entries.at(-1)
      return right(call, page) ?? (last === undefined ? null : writeToken(call.thread.id, last.event.id))
    }),
  },
  {
    name: 'next-page-always-null',
    sentence: 'next_page is always null, so that clients end after one page.',
    violates: ['PAG-20'],
    alsoAffects: ['PAG-22'],
    revision,
    override: next(() => () => null),
  },
  {
    name: 'next-page-absent',
    sentence: 'Lists have no next_page.',
    violates: ['PAG-20'],
    alsoAffects: ['PAG-22'],
    revision,
    override: next(() => () => undefined),
  },
  {
    name: 'next-page-absent-on-last-page',
    sentence: 'The last page has no next_page in place of null.',
    violates: ['PAG-20'],
    revision,
    override: next((right) => (call, page) => right(call, page) ?? undefined),
  },
  {
    name: 'next-page-empty-on-last-page',
    sentence: 'next_page is an empty string on the last page.',
    violates: ['PAG-20'],
    alsoAffects: ['PAG-22'],
    revision,
    override: next((right) => (call, page) => right(call, page) ?? ''),
  },
  {
    name: 'next-page-is-a-number',
    sentence: 'next_page is a number.',
    violates: ['PAG-20'],
    alsoAffects: ['PAG-22'],
    revision,
    override: next((right) => (call, page) => (right(call, page) === null ? null : page.entries.length)),
  },
  {
    name: 'next-page-where-page-is-full',
    sentence: 'next_page is a cursor wherever the page is full, also at the end of the list.',
    violates: ['PAG-20'],
    alsoAffects: ['PAG-22', 'PAG-24'],
    revision,
    override: next((right) => (call, page) => {
      const last = page.entries.at(-1)
      const full = page.entries.length === call.query.limit && call.query.cursor?.side !== 'before'
      return full && last !== undefined ? writeToken(call.thread.id, last.event.id) : right(call, page)
    }),
  },
  {
    name: 'next-page-named-next',
    sentence: 'The cursor is in `next` in place of next_page.',
    violates: ['PAG-20'],
    alsoAffects: ['PAG-22'],
    revision,
    override: (base) => ({
      envelope(call, page) {
        const body = base.envelope(call, page)
        if (!isJsonObject(body)) return body
        const { next_page, ...rest } = body
        return { ...rest, next: next_page ?? null }
      },
    }),
  },
]
