import { invalid } from '../../behaviour/denial.ts'
import type { Behaviour, Cursor, Override } from '../../behaviour.ts'
import { readToken } from '../../revisions/2026-07.ts'
import type { Entry } from '../../store/entry.ts'
import type { Fault } from '../fault.ts'

const revision = '2026-07'

/** Follows a `page` from a place of its own. */
function continued(from: (sequence: readonly Entry[], at: number, limit: number) => number): Override {
  return (base) => ({
    beyondCursor(call, sequence) {
      const [, id] = readToken(new URLSearchParams(call.request.query).get('page') ?? '')
      if (id === undefined) return base.beyondCursor(call, sequence)
      const at = sequence.findIndex(({ event }) => event.id === id)
      return sequence.slice(Math.max(0, from(sequence, at, call.query.limit)))
    },
  })
}

/** Answers a `page` by what it names alone. */
function read(change: (base: Behaviour) => Behaviour['readPage']): Override {
  return (base) => ({ readPage: change(base) })
}

const sameKey = (sequence: readonly Entry[], at: number, other: number) =>
  sequence[at] !== undefined && sequence[at]?.key === sequence[other]?.key

/** `page` alone: where it continues. */
export const pageCursorFaults: readonly Fault[] = [
  {
    name: 'page-ignored',
    sentence: 'page is ignored: the first page is returned again.',
    violates: ['PAG-21'],
    alsoAffects: ['PAG-22', 'PAG-23', 'PAG-24'],
    revision,
    override: read(() => () => undefined),
  },
  {
    name: 'page-refused',
    sentence: 'page is refused with 400, although next_page gave it.',
    violates: ['PAG-21'],
    alsoAffects: ['PAG-22', 'PAG-24'],
    revision,
    override: read(() => () => invalid('Unknown parameter.', 'page')),
  },
  {
    name: 'page-repeats-last-event',
    sentence: 'page starts with the last event of the page before.',
    violates: ['PAG-21'],
    alsoAffects: ['PAG-22', 'PAG-24'],
    revision,
    override: continued((_sequence, at) => at),
  },
  {
    name: 'page-skips-an-event',
    sentence: 'page skips the event that the cursor should start with.',
    violates: ['PAG-21'],
    alsoAffects: ['PAG-22', 'PAG-24', 'ENV-05', 'PAG-20'],
    revision,
    override: continued((_sequence, at) => at + 2),
  },
  {
    name: 'page-cursor-is-page-number',
    sentence: 'A page cursor is a page number, counted in pages of the default size.',
    violates: ['PAG-21'],
    alsoAffects: ['PAG-22', 'PAG-24'],
    revision,
    override: continued((_sequence, at, limit) => Math.ceil((at + 1) / limit) * 20),
  },
  {
    name: 'page-skips-equal-timestamps',
    sentence: 'page continues behind the timestamp of the last event and skips events of the same instant.',
    violates: ['PAG-21'],
    alsoAffects: ['PAG-22'],
    revision,
    override: continued((sequence, at) => {
      const next = sequence.findIndex((_, place) => place > at && !sameKey(sequence, at, place))
      return next === -1 ? sequence.length : next
    }),
  },
  {
    name: 'page-repeats-equal-timestamps',
    sentence: 'page continues at the timestamp of the last event and repeats events of the same instant.',
    violates: ['PAG-21'],
    alsoAffects: ['PAG-22', 'PAG-24'],
    revision,
    override: continued((sequence, at) => sequence.findIndex((_, place) => sameKey(sequence, at, place))),
  },
  {
    name: 'page-offset-from-beginning',
    sentence: 'A page cursor is an offset from the beginning of the thread, also behind after_id.',
    violates: ['PAG-21'],
    revision,
    override: (base) => ({
      nextPage(call, page) {
        const next = base.nextPage(call, page)
        if (next === null || call.query.cursor === undefined) return next
        const isPaged = new URLSearchParams(call.request.query).has('page')
        const first = call.thread.sorted[call.query.limit - 1]
        return isPaged || first === undefined
          ? next
          : base.nextPage(call, { entries: [first], hasMore: true })
      },
    }),
  },
  {
    name: 'page-counts-from-end',
    sentence: 'A page cursor is the number of remaining events, which shifts when events are appended.',
    violates: ['PAG-24'],
    revision,
    override: (base) => ({
      nextPage(call, page) {
        const next = base.nextPage(call, page)
        const last = page.entries.at(-1)
        if (typeof next !== 'string' || last === undefined) return next
        const at = call.thread.sorted.indexOf(last)
        return `left_${call.thread.sorted.length - at - 1}`
      },
      readPage(call, token) {
        const left = Number(token.replace('left_', ''))
        if (!/^left_\d+$/.test(token)) return base.readPage(call, token)
        const id = call.thread?.sorted.at(-left - 1)?.event.id
        return id === undefined ? invalid('page is no cursor of this list.', 'page') : after(id)
      },
    }),
  },
  {
    name: 'page-expires-on-append',
    sentence: 'A page cursor is refused once an event has been appended.',
    violates: ['PAG-24'],
    revision,
    override: (base) => ({
      nextPage(call, page) {
        const next = base.nextPage(call, page)
        return typeof next === 'string' ? `${next}.${call.thread.sorted.length}` : next
      },
      readPage(call, token) {
        const [own = '', length] = token.split('.')
        const current = call.thread?.sorted.length
        if (length !== undefined && Number(length) !== current)
          return invalid('The cursor has expired.', 'page')
        return base.readPage(call, own)
      },
    }),
  },
  {
    name: 'page-forgets-thread',
    sentence: 'A page cursor of another thread returns the events of that thread.',
    violates: ['ISO-03'],
    revision,
    override: (base) => ({
      readPage(_call, token) {
        const [, id] = readToken(token)
        return id === undefined ? invalid('page is no cursor.', 'page') : after(id)
      },
      sequence(call) {
        const [thread = ''] = readToken(new URLSearchParams(call.request.query).get('page') ?? '')
        const other = call.session.threads.get(thread)
        return other === undefined ? base.sequence(call) : other.sorted
      },
    }),
  },
  {
    name: 'page-forgets-limit',
    sentence: 'limit has no effect beside page: its pages have 20 events.',
    violates: ['PAG-02'],
    alsoAffects: ['PAG-21', 'PAG-22', 'PAG-24'],
    revision,
    override: (base) => ({
      take: (call, rows, candidates) =>
        new URLSearchParams(call.request.query).has('page')
          ? base.take({ ...call, query: { ...call.query, limit: 20 } }, rows, candidates)
          : base.take(call, rows, candidates),
    }),
  },
  {
    name: 'page-beside-after-id-accepted',
    sentence: 'page together with after_id is accepted, and after_id wins.',
    violates: ['PAG-23'],
    revision,
    override: besideCursor('after_id'),
  },
  {
    name: 'page-beside-before-id-accepted',
    sentence: 'page together with before_id is accepted, and before_id wins.',
    violates: ['PAG-23'],
    revision,
    override: besideCursor('before_id'),
  },
  {
    name: 'page-beside-cursor-refused-with-404',
    sentence: 'page together with an id cursor is refused with 404.',
    violates: ['PAG-23'],
    alsoAffects: ['ERR-03'],
    revision,
    override: (base) => ({
      async readQuery(call) {
        const query = await base.readQuery(call)
        const names = new URLSearchParams(call.request.query)
        const both = names.has('page') && (names.has('after_id') || names.has('before_id'))
        return both ? { ...invalid('There is no such page.'), status: 404, type: 'not_found_error' } : query
      },
    }),
  },
]

function after(id: string): Cursor {
  return { side: 'after', id }
}

function besideCursor(name: string): Override {
  return (base) => ({
    readPage: (call, token) =>
      new URLSearchParams(call.request.query).has(name) ? undefined : base.readPage(call, token),
  })
}
