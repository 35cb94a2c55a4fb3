import { isJsonObject } from '../../contract/json.ts'
import type { Variant } from './variant.ts'

export const listVariants: readonly Variant[] = [
  {
    name: 'extra-fields-and-headers',
    sentence: 'Lists, events and errors have undocumented fields and headers.',
    override: (base) => ({
      present: (_call, event) => ({ ...event, region: 'eu-north', labels: { tier: ['a', 'b'] } }),
      envelope(call, page) {
        const body = base.envelope(call, page)
        return isJsonObject(body) ? { object: 'list', ...body, total: call.thread.sorted.length } : body
      },
      finish: (_call, reply) => ({ ...reply, headers: { ...reply.headers, 'x-served-by': ['a', 'b'] } }),
    }),
  },
]
