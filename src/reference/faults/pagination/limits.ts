import type { Behaviour, PageSlice } from '../../behaviour.ts'
import type { ThreadRequestContext } from '../../request-context.ts'
import type { Fault } from '../fault.ts'

/** Reads `limit` in another way; the right reading is at hand. */
function reading(
  read: (
    text: string | undefined,
    right: ReturnType<Behaviour['readLimit']>,
  ) => ReturnType<Behaviour['readLimit']>,
) {
  return (base: Behaviour): Partial<Behaviour> => ({
    readLimit: (values) => read(values[0], base.readLimit(values)),
  })
}

/** Changes a finished page. */
function page(change: (page: PageSlice, call: ThreadRequestContext) => PageSlice) {
  return (base: Behaviour): Partial<Behaviour> => ({
    take: (call, rows, candidates) => change(base.take(call, rows, candidates), call),
  })
}

export const limitsFaults: readonly Fault[] = [
  {
    name: 'default-limit-25',
    sentence: 'Without a limit, a page has 25 events.',
    violates: ['PAG-01'],
    override: reading((text, right) => (text === undefined ? 25 : right)),
  },
  {
    name: 'default-limit-10',
    sentence: 'Without a limit, a page has 10 events.',
    violates: ['PAG-01'],
    override: reading((text, right) => (text === undefined ? 10 : right)),
  },
  {
    name: 'no-default-limit',
    sentence: 'Without a limit, the whole thread is one page.',
    violates: ['PAG-01'],
    override: reading((text, right) => (text === undefined ? 1_000_000 : right)),
  },
  {
    name: 'limit-ignored',
    sentence: '`limit` is ignored.',
    violates: ['PAG-02'],
    alsoAffects: ['PAG-03', 'PAG-04', 'FLT-01', 'FLT-02', 'FLT-03', 'FLT-05'],
    override: reading((text, right) => (typeof right === 'number' && text !== undefined ? 20 : right)),
  },
  {
    name: 'limit-capped-at-50',
    sentence: 'A limit above 50 returns 50 events.',
    violates: ['PAG-02'],
    alsoAffects: ['FLT-01', 'FLT-02', 'FLT-03', 'FLT-05'],
    override: reading((_text, right) => (typeof right === 'number' ? Math.min(right, 50) : right)),
  },
  {
    name: 'limit-99-at-most',
    sentence: 'A limit of 100 returns 99 events.',
    violates: ['PAG-02'],
    alsoAffects: ['FLT-02'],
    override: reading((_text, right) => (typeof right === 'number' ? Math.min(right, 99) : right)),
  },
  {
    name: 'probe-row-returned',
    sentence: 'The extra row that is fetched to compute `has_more` is returned too.',
    violates: ['PAG-02', 'PAG-01'],
    alsoAffects: ['PAG-03', 'PAG-10', 'FLT-01', 'FLT-02', 'FLT-03', 'FLT-05'],
    seen: 'LIMIT n + 1 without the cut.',
    override: (base) => ({
      take(call, rows, candidates) {
        const right = base.take(call, rows, candidates)
        return call.query.cursor?.side === 'before'
          ? right
          : { ...right, entries: rows.slice(0, call.query.limit + 1) }
      },
    }),
  },
  {
    name: 'last-partial-page-short',
    sentence: 'The last event of a page that is not full is missing.',
    violates: ['PAG-02'],
    alsoAffects: ['PAG-01', 'PAG-03', 'PAG-05', 'ORD-03', 'FLT-01', 'FLT-02', 'FLT-03', 'FLT-05'],
    override: page((right, { query }) =>
      right.entries.length < query.limit && query.cursor?.side !== 'before'
        ? { ...right, entries: right.entries.slice(0, -1) }
        : right,
    ),
  },
  {
    name: 'limit-counts-joined-rows',
    sentence: 'The limit counts the content blocks of events, so that a page with such events is too short.',
    violates: ['PAG-02', 'PAG-01'],
    alsoAffects: ['PAG-03', 'PAG-04', 'ENV-05', 'PAG-06', 'FLT-01', 'FLT-02', 'FLT-03', 'FLT-05'],
    seen: 'LIMIT on a join with the table of content blocks.',
    override: page((right, { query }) => {
      let rows = 0
      const entries = right.entries.filter(({ event }) => {
        rows += Array.isArray(event.content) ? Math.max(1, event.content.length) : 1
        return rows <= query.limit
      })
      return { ...right, entries, hasMore: right.hasMore || entries.length < right.entries.length }
    }),
  },
  {
    name: 'limit-one-gives-nothing',
    sentence: 'A limit of 1 returns an empty page.',
    violates: ['PAG-02'],
    alsoAffects: ['PAG-03', 'PAG-04', 'PAG-05', 'PAG-06', 'FLT-05'],
    seen: 'slice(0, limit - 1).',
    override: page((right, { query }) => (query.limit === 1 ? { ...right, entries: [] } : right)),
  },
  {
    name: 'limit-19-gives-20',
    sentence: 'Limits below the default are raised to it.',
    violates: ['PAG-02'],
    alsoAffects: ['PAG-03', 'PAG-04', 'FLT-03', 'FLT-05'],
    override: reading((_text, right) => (typeof right === 'number' ? Math.max(right, 20) : right)),
  },
  {
    name: 'limit-by-parseint',
    sentence: '`limit=10abc` is read as 10, and `limit=1.5` as 1.',
    violates: ['PAG-15'],
    alsoAffects: ['PAG-09'],
    seen: 'parseInt(req.query.limit, 10).',
    override: reading((text, right) => {
      const read = Number.parseInt(text ?? '', 10)
      return typeof right === 'number' || !(read >= 1 && read <= 100) ? right : read
    }),
  },
  {
    name: 'limit-below-one-raised',
    sentence: 'A limit of 0 or less is raised to 1.',
    violates: ['PAG-09'],
    override: reading((text, right) =>
      typeof right !== 'number' && text !== '' && Number(text) < 1 ? 1 : right,
    ),
  },
  {
    name: 'bad-limit-falls-back',
    sentence: 'A limit that is not a number selects the default.',
    violates: ['PAG-15'],
    alsoAffects: ['PAG-09'],
    seen: 'Number(limit) || 20.',
    override: reading((text, right) =>
      typeof right !== 'number' && Number.isNaN(Number(text)) ? 20 : right,
    ),
  },
  {
    name: 'limit-of-zero-is-422',
    sentence: 'A limit of 0 or less returns 422.',
    violates: ['PAG-09'],
    seen: 'Validation middleware of web frameworks.',
    override: reading((text, right) =>
      typeof right !== 'number' && Number(text) <= 0 && text !== '' ? { ...right, status: 422 } : right,
    ),
  },
  {
    name: 'limit-in-words-is-422',
    sentence: 'A limit that is not a number returns 422.',
    violates: ['PAG-15'],
    seen: 'Validation middleware of web frameworks.',
    override: reading((text, right) =>
      typeof right !== 'number' && Number.isNaN(Number(text)) ? { ...right, status: 422 } : right,
    ),
  },
  {
    name: 'limit-by-number',
    sentence: '`limit=1e1` is read as 10, and `limit=0x10` as 16.',
    violates: ['PAG-15'],
    seen: 'Number(req.query.limit).',
    override: reading((text, right) => {
      const read = Number(text?.trim() || 'none')
      return typeof right !== 'number' && Number.isInteger(read) && read >= 1 && read <= 100 ? read : right
    }),
  },
  {
    name: 'limit-with-a-zero-fraction',
    sentence: '`limit=5.0` is read as 5.',
    violates: ['PAG-15'],
    seen: 'A schema of numbers that are multiples of 1.',
    override: reading((text, right) => {
      const read = /^\d+\.0+$/.test(text ?? '') ? Number(text) : 0
      return typeof right !== 'number' && read >= 1 && read <= 100 ? read : right
    }),
  },
  {
    name: 'empty-limit-is-the-default',
    sentence: 'An empty limit selects the default.',
    violates: ['PAG-15'],
    override: reading((text, right) => (text === '' ? 20 : right)),
  },
  {
    name: 'negative-limit-is-absolute',
    sentence: 'The sign of a limit is dropped.',
    violates: ['PAG-09'],
    override: reading((text, right) =>
      typeof right !== 'number' && Number(text) < 0 ? Math.min(100, -Number(text)) : right,
    ),
  },
  {
    name: 'limit-of-zero-gives-an-empty-page',
    sentence: '`limit=0` returns an empty page.',
    violates: ['PAG-09'],
    seen: 'LIMIT 0 in a query.',
    override: reading((text, right) => (text === '0' ? 0 : right)),
  },
  {
    name: 'limit-above-100-gives-the-default',
    sentence: 'A limit above 100 returns a page of 20.',
    violates: ['PAG-10'],
    override: reading((text, right) => (typeof right !== 'number' && Number(text) > 100 ? 20 : right)),
  },
  {
    name: 'large-limit-granted',
    sentence: 'A limit above 100 is used unchanged.',
    violates: ['PAG-10'],
    override: reading((text, right) =>
      typeof right !== 'number' && Number(text) > 100 ? Number(text) : right,
    ),
  },
  {
    name: 'enormous-limit-wraps',
    sentence: 'A limit beyond 31 bits is treated as no limit.',
    violates: ['PAG-10'],
    override: reading((text, right) =>
      typeof right !== 'number' && Number(text) >= 2 ** 31 ? 1_000_000 : right,
    ),
  },
]
