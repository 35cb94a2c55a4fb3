import { isJsonObject } from '../../../contract/json.ts'
import type { Fault } from '../fault.ts'
import { page } from '../overrides/single-limits.ts'

export const singleLimitsFaults: readonly Fault[] = [
  {
    name: 'last-id-wrong-at-limit-21',
    sentence: '`last_id` of a page of 21 is the id of its second to last event.',
    violates: ['ENV-03'],
    seen: 'A cursor taken at the index of the default page’s end.',
    override: (base) => ({
      envelope(call, right) {
        const body = base.envelope(call, right)
        return isJsonObject(body) && call.query.limit === 21
          ? { ...body, last_id: right.entries.at(-2)?.event.id ?? null }
          : body
      },
    }),
  },
  {
    name: 'has-more-wrong-at-limit-21',
    sentence: '`has_more` is false on a page of 21.',
    violates: ['ENV-05'],
    override: page(
      ({ query }) => query.limit === 21,
      (right) => ({ ...right, hasMore: false }),
    ),
  },
]
