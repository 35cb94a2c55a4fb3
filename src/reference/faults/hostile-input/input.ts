import type { Behaviour } from '../../behaviour.ts'
import { headerLines } from '../../request-context.ts'
import type { Fault } from '../fault.ts'
import { crash } from '../overrides/crash.ts'

/** Fails like a handler that threw, for some tokens. */
function crashingToken(when: (token: string) => boolean) {
  return (base: Behaviour): Partial<Behaviour> => ({
    authenticate(call) {
      const [authorization = ''] = headerLines(call.request, 'authorization')
      if (when(authorization.replace(/^Bearer /, ''))) throw new Error('crash')
      return base.authenticate(call)
    },
  })
}

export const inputFaults: readonly Fault[] = [
  {
    name: 'nul-crashes',
    sentence: 'A NUL in the query returns 500.',
    violates: ['INP-01'],
    alsoAffects: ['INP-02'],
    seen: 'PostgreSQL refuses NUL in text.',
    override: crash(({ request }) => request.query.includes('%00')),
  },
  {
    name: 'bad-percent-crashes',
    sentence: 'A percent sign without digits returns 500.',
    violates: ['INP-01'],
    seen: 'decodeURIComponent outside a try.',
    override: crash(({ request }) => /%(?![\da-f]{2})/i.test(request.query)),
  },
  {
    name: 'array-parameter-crashes',
    sentence: '`limit[]=5` returns 500.',
    violates: ['INP-01'],
    seen: 'Query parsers that make arrays and objects of brackets.',
    override: crash(({ request }) => /(^|&)(limit|after_id)\[/.test(request.query)),
  },
  {
    name: 'limit-in-words-crashes',
    sentence: '`limit=abc` returns 500.',
    violates: ['INP-01'],
    alsoAffects: ['PAG-15'],
    seen: 'A number format exception that nobody catches.',
    override: crash(({ request }) => /(^|&)limit=[a-z]+(&|$)/.test(request.query)),
  },
  {
    name: 'token-of-three-parts-crashes',
    sentence: 'A bearer token of three parts that is no JWT returns 500.',
    violates: ['INP-01'],
    seen: 'A JWT library that throws for anything that is no JSON.',
    override: crashingToken((text) => text.split('.').length === 3),
  },
  {
    name: 'token-not-ascii-crashes',
    sentence: 'A bearer token that is not ASCII returns 500.',
    violates: ['INP-01'],
    seen: 'Headers decoded as UTF-8, and a constant-time comparison of texts that takes ASCII alone.',
    override: crashingToken((text) => /[^\x20-\x7e]/.test(text)),
  },
  {
    name: 'long-type-resets',
    sentence: 'A very long `type` makes the server drop the connection.',
    violates: ['INP-01'],
    override: (base) => ({
      transmit(call, reply, response) {
        if (call.request.query.length > 2_500) response.socket?.destroy()
        else return base.transmit(call, reply, response)
      },
    }),
  },
  {
    name: 'odd-accept-hangs',
    sentence: 'A request with an Accept header of commas gets no response.',
    violates: ['INP-01'],
    override: (base) => ({
      transmit(call, reply, response) {
        const accept = call.request.headers.find(([name]) => name.toLowerCase() === 'accept')?.[1]
        return accept?.startsWith(',,') === true ? undefined : base.transmit(call, reply, response)
      },
    }),
  },
  {
    name: 'unknown-order-by-id',
    sentence: 'An unknown `order` is used as the name of the sort column.',
    violates: ['INP-02'],
    override: (base) => ({
      readOrder: (values) =>
        ['asc', 'desc', undefined].includes(values[0]) ? base.readOrder(values) : 'asc',
      sequence(call) {
        const order = /(^|&)order=([^&]*)/.exec(call.request.query)?.[2]
        const right = base.sequence(call)
        if (order === undefined || order === 'asc' || order === 'desc') return right
        return right.toSorted((a, b) => (a.event.id < b.event.id ? -1 : 1))
      },
    }),
  },
  {
    name: 'unknown-order-is-desc',
    sentence: 'Every `order` other than `asc` means `desc`.',
    violates: ['INP-02'],
    override: (base) => ({
      readOrder: (values) =>
        values[0] === undefined || values[0] === 'asc' ? base.readOrder(values) : 'desc',
    }),
  },
  {
    name: 'order-in-any-case',
    sentence: '`order=DESC` returns the newest events first.',
    violates: ['INP-02'],
    seen: 'ORDER BY created_at and the value of order, which is checked in lower case.',
    override: (base) => ({
      readOrder: (values) => base.readOrder(values.map((value) => value.toLowerCase())),
    }),
  },
  {
    name: 'order-found-in-a-prototype',
    sentence: '`order=constructor` returns the newest events first.',
    violates: ['INP-02'],
    seen: 'directions[order] ?? 400, where directions is a plain object.',
    override: (base) => ({
      readOrder: (values) => (values[0] !== undefined && values[0] in {} ? 'desc' : base.readOrder(values)),
    }),
  },
  {
    name: 'unknown-order-is-500',
    sentence: 'An unknown `order` returns 500.',
    violates: ['INP-02', 'INP-01'],
    override: crash(({ request }) => /(^|&)order=(sideways|random)/.test(request.query)),
  },
  {
    name: 'second-read-is-empty',
    sentence: 'The second request for the same list returns an empty page, as if nothing had changed.',
    violates: ['INP-03'],
    alsoAffects: ['ORD-03', 'SSE-09'],
    override: (base) => ({
      async window(call) {
        const key = `${call.thread.id}?${call.request.query}`
        const seen = call.serverState.memory.get(key) === true
        call.serverState.memory.set(key, true)
        const page = await base.window(call)
        return seen && call.request.query.includes('limit=5') && 'entries' in page
          ? { entries: [], hasMore: false }
          : page
      },
    }),
  },
  {
    name: 'made-up-ids',
    sentence: 'The ids of events are made up for each list.',
    violates: ['INP-03'],
    alsoAffects: ['EVT-02', 'EVT-08', 'ISO-01', 'ISO-02', 'NEG-05', 'PAG-12', 'SSE-09', 'FLT-04'],
    seen: 'A mock with random data.',
    override: (base) => ({
      async finish(call, reply) {
        if (reply.status !== 200) return base.finish(call, reply)
        const text = Buffer.from(reply.body).toString()
        const made = text.replace(/"evt_/g, `"evt_${call.number}x`)
        return base.finish(call, { ...reply, body: Buffer.from(made) })
      },
    }),
  },
  {
    name: 'reads-rotate-the-page',
    sentence: 'Each read of a small page starts one event later, because an iterator is shared.',
    violates: ['INP-03'],
    alsoAffects: ['PAG-03', 'PAG-04', 'FLT-05', 'PAG-02', 'PAG-06', 'PAG-05', 'ORD-04'],
    sometimes: true,
    override: (base) => ({
      take(call, rows, candidates) {
        if (call.query.limit !== 5) return base.take(call, rows, candidates)
        const turn = Number(call.serverState.memory.get('turn') ?? 0)
        call.serverState.memory.set('turn', turn + 1)
        return base.take(call, rows.slice(turn % 3), candidates)
      },
    }),
  },
  {
    name: 'filtered-desc-list-is-500',
    sentence: 'A filtered list in descending order returns 500.',
    violates: ['INP-04'],
    alsoAffects: ['ENV-01', 'FLT-01', 'FLT-02', 'FLT-03', 'FLT-04', 'FLT-05'],
    override: crash(({ request }) => request.query.includes('order=desc') && /type/.test(request.query)),
  },
]
