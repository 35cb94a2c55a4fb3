import type { Fault } from '../fault.ts'
import { envelope } from '../overrides/pages.ts'

export const emptyPagesFaults: readonly Fault[] = [
  {
    name: 'empty-page-without-body',
    sentence: 'An empty page has an empty body.',
    violates: ['ENV-02'],
    alsoAffects: ['PAG-03', 'PAG-04', 'PAG-07', 'FLT-01', 'FLT-04', 'FLT-05'],
    override: (base) => ({
      async list(call) {
        const reply = await base.list(call)
        return 'body' in reply && Buffer.from(reply.body).includes('"data":[]')
          ? { ...reply, body: new Uint8Array() }
          : reply
      },
    }),
  },
  {
    name: 'empty-ids-as-empty-text',
    sentence: 'On an empty page both ids are an empty string.',
    violates: ['ENV-04'],
    override: envelope((body) => ({ ...body, first_id: body.first_id ?? '', last_id: body.last_id ?? '' })),
  },
  {
    name: 'empty-page-keeps-the-cursor',
    sentence: 'On an empty page `first_id` and `last_id` repeat the cursor of the request.',
    violates: ['ENV-04'],
    override: envelope((body, { query }) =>
      body.first_id === null && query.cursor !== undefined
        ? { ...body, first_id: query.cursor.id, last_id: query.cursor.id }
        : body,
    ),
  },
  {
    name: 'empty-ids-left-out',
    sentence: 'On an empty page `first_id` and `last_id` are omitted.',
    violates: ['ENV-01'],
    alsoAffects: ['ENV-04'],
    seen: 'Serialisers set to omit null fields.',
    override: envelope((body) =>
      Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)),
    ),
  },
  {
    name: 'empty-data-is-null',
    sentence: 'On an empty page `data` is null.',
    violates: ['ENV-04', 'ENV-01'],
    alsoAffects: ['PAG-03', 'PAG-04', 'PAG-07', 'FLT-01', 'FLT-04', 'FLT-05'],
    seen: 'Go’s encoding/json writes a nil slice as null.',
    override: envelope((body, _call, page) => (page.entries.length === 0 ? { ...body, data: null } : body)),
  },
  {
    name: 'empty-page-is-204',
    sentence: 'An empty page returns 204 No Content.',
    violates: ['ENV-01'],
    alsoAffects: ['PAG-03', 'PAG-04', 'PAG-07', 'FLT-01', 'FLT-04', 'FLT-05'],
    override: (base) => ({
      async list(call) {
        const reply = await base.list(call)
        return 'body' in reply && Buffer.from(reply.body).includes('"data":[]')
          ? { status: 204, headers: {}, body: new Uint8Array() }
          : reply
      },
    }),
  },
  {
    name: 'empty-ids-as-none',
    sentence: 'On an empty page both ids are the string "None".',
    violates: ['ENV-04'],
    seen: 'Python’s str(None).',
    override: envelope((body) => ({
      ...body,
      first_id: body.first_id ?? 'None',
      last_id: body.last_id ?? 'None',
    })),
  },
  {
    name: 'empty-ids-are-false',
    sentence: 'On an empty page both ids are false.',
    violates: ['ENV-04'],
    alsoAffects: ['ENV-01'],
    seen: 'PHP’s reset() and end() of an empty array.',
    override: envelope((body) => ({
      ...body,
      first_id: body.first_id ?? false,
      last_id: body.last_id ?? false,
    })),
  },
  {
    name: 'empty-filtered-page-framed-by-the-thread',
    sentence: 'If nothing matches the filter, both ids are those of the unfiltered thread.',
    violates: ['ENV-04'],
    override: envelope((body, { thread, query }, page) =>
      page.entries.length === 0 && query.types !== undefined
        ? {
            ...body,
            first_id: thread.sorted[0]?.event.id ?? null,
            last_id: thread.sorted.at(-1)?.event.id ?? null,
          }
        : body,
    ),
  },
]
