import { createHash } from 'node:crypto'
import type { Behaviour } from '../../behaviour.ts'
import { headerLines, type ThreadRequestContext } from '../../request-context.ts'
import type { Fault } from '../fault.ts'

type Page = Awaited<ReturnType<Behaviour['window']>>

/** Keeps pages by their URL and never reads them again. */
function cached(isKept: (call: ThreadRequestContext, page: Page) => boolean) {
  return (base: Behaviour): Partial<Behaviour> => {
    const pages = new WeakMap<object, Map<string, Page>>()
    return {
      async window(call) {
        const url = `${call.request.path}?${call.request.query}`
        const all = pages.get(call.serverState) ?? new Map<string, Page>()
        pages.set(call.serverState, all)
        const known = all.get(url)
        if (known !== undefined) return known
        const page = await base.window(call)
        if (isKept(call, page)) all.set(url, page)
        return page
      },
    }
  }
}

/** Lists that do not show what was appended or replaced since. */
export const staleListFaults: readonly Fault[] = [
  {
    name: 'empty-pages-cached',
    sentence:
      'An empty page is kept by its URL, so that a client that polls behind the last event gets no new ones.',
    violates: ['SSE-09'],
    seen: 'Caching of negative lookups.',
    override: cached((_call, page) => 'entries' in page && page.entries.length === 0),
  },
  {
    name: 'plain-lists-cached',
    sentence: 'The list without a query is cached, also after the session was replaced.',
    violates: ['SSE-09'],
    override: cached((call) => call.request.query === ''),
  },
  {
    name: 'validators-outlive-appends',
    sentence:
      'The ETag of a list depends on its URL alone, so that a client with it gets 304 after an append.',
    violates: ['SSE-09'],
    seen: 'Validators made from the route.',
    override: (base) => ({
      async finish(call, reply) {
        const right = await base.finish(call, reply)
        if (right.status !== 200) return right
        const etag = `"${createHash('sha256').update(`${call.request.path}?${call.request.query}`).digest('hex')}"`
        return headerLines(call.request, 'if-none-match').includes(etag)
          ? { status: 304, headers: { etag }, body: new Uint8Array() }
          : { ...right, headers: { ...right.headers, etag } }
      },
    }),
  },
  {
    name: 'pages-behind-a-cursor-lag-behind',
    sentence: 'Pages after a cursor lack the events of the last append.',
    violates: ['SSE-09'],
    seen: 'Pages that are read from a replica.',
    override: (base) => {
      const last = new WeakMap<object, ReadonlySet<string>>()
      return {
        append(state, session, thread, events) {
          last.set(thread, new Set(events.map(({ id }) => id)))
          return base.append(state, session, thread, events)
        },
        sequence(call) {
          const { cursor } = call.query
          const all = base.sequence(call)
          const late = cursor?.side === 'after' ? last.get(call.thread) : undefined
          return late === undefined || late.has(cursor?.id ?? '')
            ? all
            : all.filter(({ event }) => !late.has(event.id))
        },
      }
    },
  },
]
