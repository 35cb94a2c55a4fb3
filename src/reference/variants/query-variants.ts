import { invalid, isDenial } from '../behaviour/denial.ts'
import { passStages } from '../behaviour/stages.ts'
import { defaultWorld } from '../world/default-world.ts'
import type { World, WorldThread } from '../world/world.ts'
import type { Variant } from './variant.ts'

/** The default world with its threads and sessions the other way round, and many small sessions before. */
function turnedRound(): World {
  const sessions = defaultWorld().sessions.map((session) => ({
    ...session,
    threads: session.threads.toReversed(),
  }))
  const empty = (id: string): WorldThread => ({ id: `sthr_${id.padStart(32, '0')}`, events: [] })
  const many = Array.from({ length: 25 }, (_, at) => ({
    id: `sess_${`${at}`.padStart(32, '0')}`,
    threads: Array.from({ length: at % 3 }, (_none, place) => empty(`${at}${place}`)),
  }))
  return { version: 1, sessions: [...many.slice(0, 3), ...sessions.toReversed(), ...many.slice(3)] }
}

export const queryVariants: readonly Variant[] = [
  {
    name: 'large-limit-capped',
    sentence: 'A limit above 100 returns the first 100 events.',
    override: (base) => ({
      readLimit: (values) =>
        /^\d+$/.test(values[0] ?? '') && Number(values[0]) > 100 ? 100 : base.readLimit(values),
    }),
  },
  {
    name: 'invented-types-refused',
    sentence: 'A filter of only unknown, undocumented types returns 400.',
    override: (base) => ({
      async readQuery(call) {
        const query = await base.readQuery(call)
        if (isDenial(query) || query.types === undefined || call.stream === true) return query
        const known = new Set(call.thread?.sorted.map(({ event }) => event.type))
        const named = query.types.some(
          (type) => known.has(type) || /^(?:session\.thread_|agent\.thread_message_)/.test(type),
        )
        return named ? query : invalid('type names no event type.', 'type')
      },
    }),
  },
  {
    name: 'unknown-parameters-refused',
    sentence: 'An unknown query parameter returns 400.',
    override: (base) => ({
      readQuery(call) {
        const known = new Set(['limit', 'order', 'after_id', 'before_id', 'type', 'types[]'])
        return base.parameters(call).every(([name]) => known.has(name))
          ? base.readQuery(call)
          : invalid('The query has an unknown parameter.')
      },
    }),
  },
  {
    name: 'repeated-parameters-refused',
    sentence: 'A parameter other than `types[]` that is given twice returns 400.',
    override: (base) => ({
      readQuery(call) {
        const names = base.parameters(call).flatMap(([name]) => (name === 'types[]' ? [] : [name]))
        const twice = names.find((name, at) => names.indexOf(name) !== at)
        return twice === undefined ? base.readQuery(call) : invalid('A parameter is given twice.', twice)
      },
    }),
  },
  {
    name: 'only-the-first-repeated-type',
    sentence: 'Only the first of a repeated `type` is used, in lists and streams.',
    override: (base) => ({ readTypes: (type, brackets) => base.readTypes(type.slice(0, 1), brackets) }),
  },
  {
    name: 'unknown-order-is-the-default',
    sentence: 'An unknown order is treated as asc.',
    override: () => ({ readOrder: ([text]) => (text === 'desc' ? 'desc' : 'asc') }),
  },
  {
    name: 'open-questions-answered-otherwise',
    sentence:
      'The last of several limits is used, types[] overrides type, spaces belong to a type, and empty types are used.',
    override: (base) => ({
      readLimit: (values) => base.readLimit(values.slice(-1)),
      readTypes(type, brackets) {
        const names = brackets.length > 0 ? brackets : type.flatMap((value) => value.split(','))
        return names.length === 0 ? undefined : names
      },
    }),
  },
  {
    name: 'zero-weight-still-streams',
    sentence: '`text/event-stream;q=0` returns the stream, which the documents leave open.',
    override: (base) => ({
      wantsStream: (call, accept) =>
        base.wantsStream(
          call,
          accept.map((line) => line.replace(/;\s*q=0(?:\.0*)?(?=\s*(?:,|$))/gi, '')),
        ),
    }),
  },
  {
    name: 'limit-and-cursor-on-streams',
    sentence: 'A stream respects limit and after_id, and ends at its limit.',
    override: (base) => ({
      async history(call) {
        const entries = await base.history(call)
        const asked = new Map(base.parameters(call))
        const limit = asked.get('limit')
        const at = call.behaviour.locate(call, isDenial(entries) ? [] : entries, asked.get('after_id') ?? '')
        return isDenial(entries) ? entries : entries.slice(at + 1).slice(0, Number(limit ?? entries.length))
      },
      afterHistory: (call) => (new Map(base.parameters(call)).has('limit') ? 'close' : 'stay'),
    }),
  },
  {
    name: 'trailing-slash-accepted',
    sentence: 'The route also works with a trailing slash.',
    override: (base) => ({
      async finish(call, reply) {
        const [, session, thread] =
          /^\/v1\/sessions\/([^/]+)\/threads\/([^/]+)\/events\/$/.exec(call.request.path) ?? []
        if (session === undefined || thread === undefined) return base.finish(call, reply)
        const same = { ...call, rawIds: { session, thread } }
        const denial = await passStages(same)
        const { session: found, thread: owned, query } = same
        if (denial !== undefined || found === undefined || owned === undefined || query === undefined)
          return reply
        const list = await base.list({ ...same, session: found, thread: owned, query })
        return isDenial(list) ? reply : list
      },
    }),
  },
  {
    name: 'trailing-slash-redirects',
    sentence: 'A trailing slash redirects to the route without it.',
    override: (base) => ({
      finish(call, reply) {
        if (!call.request.path.endsWith('/events/')) return base.finish(call, reply)
        const headers = { location: call.request.path.slice(0, -1) }
        return { status: 308, headers, body: Buffer.alloc(0) }
      },
    }),
  },
  {
    name: 'discovery-in-another-order',
    sentence: 'Sessions and threads are listed in reverse, small and empty ones first, over two pages.',
    server: { world: turnedRound() },
    override: () => ({}),
  },
  {
    name: 'last-of-repeated-parameters',
    sentence: 'The last of a repeated limit, order or cursor is used.',
    override: (base) => ({
      readLimit: (values) => base.readLimit(values.slice(-1)),
      readOrder: (values) => base.readOrder(values.slice(-1)),
      readCursor: (after, before) => base.readCursor(after.slice(-1), before.slice(-1)),
    }),
  },
  {
    name: 'semicolons-separate-parameters',
    sentence: 'A semicolon separates parameters as an ampersand does.',
    override: () => ({
      parameters: (call) => [...new URLSearchParams(call.request.query.replaceAll(';', '&'))],
    }),
  },
  {
    name: 'indexed-types-are-types',
    sentence: '`types[0]=a&types[1]=b` and `type[]=a` filter as `types[]` does.',
    override: (base) => ({
      parameters: (call) =>
        base
          .parameters(call)
          .map(([name, value]) => [/^types?\[\d*\]$/.test(name) ? 'types[]' : name, value]),
    }),
  },
  {
    name: 'names-of-parameters-in-any-case',
    sentence: 'Parameters are recognised in any letter case.',
    override: (base) => ({
      parameters: (call) => base.parameters(call).map(([name, value]) => [name.toLowerCase(), value]),
    }),
  },
  {
    name: 'limit-with-leading-zeros',
    sentence: 'A limit may have leading zeros.',
    override: (base) => ({
      readLimit: (values) => base.readLimit(values.map((text) => text.replace(/^0+(?=[1-9])/, ''))),
    }),
  },
  {
    name: 'invalid-escapes-stay-text',
    sentence: 'An escape that is not UTF-8 stands for itself in the query.',
    override: () => ({
      parameters: (call) =>
        call.request.query
          .split('&')
          .filter((pair) => pair !== '')
          .map((pair) => {
            const [name = '', ...value] = pair.split('=')
            return [leniently(name), leniently(value.join('='))] as const
          }),
    }),
  },
]

function leniently(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
