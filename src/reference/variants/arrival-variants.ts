import { createHash } from 'node:crypto'
import { isDenial } from '../behaviour/denial.ts'
import type { Live, Override } from '../behaviour.ts'
import { headerLines } from '../request-context.ts'
import type { Variant } from './variant.ts'

/** Waits before the next batch is taken, so that what arrives meanwhile is one batch. */
const gathered = (live: Live): Live => ({
  async take() {
    await new Promise((resolve) => setTimeout(resolve, 20))
    return live.take()
  },
  close: () => live.close(),
  get overflowed() {
    return live.overflowed
  },
})

const revalidates: Override = (base) => ({
  async finish(call, reply) {
    const right = await base.finish(call, reply)
    if (right.status !== 200) return right
    const etag = `"${createHash('sha256').update(right.body).digest('hex').slice(0, 32)}"`
    const headers = { ...right.headers, etag }
    const matches = headerLines(call.request, 'if-none-match')
      .join()
      .split(',')
      .some((one) => one.trim().replace(/^W\//, '') === etag)
    return matches ? { status: 304, headers, body: new Uint8Array() } : { ...right, headers }
  },
})

/** Servers that send new events in batches, revalidate, and look at the headers of proxies. */
export const arrivalVariants: readonly Variant[] = [
  {
    name: 'live-events-in-batches',
    sentence: 'A stream sends new events in batches, after a short delay.',
    override: (base) => ({
      async openFeed(call) {
        const feed = await base.openFeed(call)
        return isDenial(feed) ? feed : { ...feed, live: gathered(feed.live) }
      },
    }),
  },
  {
    name: 'matching-validators-give-304',
    sentence: 'Every list has an ETag, and a request with that ETag returns 304.',
    override: revalidates,
  },
  {
    name: 'streams-end-after-each-arrival',
    sentence: 'A stream ends in the regular way after it has sent new events once.',
    override: (base) => ({
      subscribe(call) {
        const live = base.subscribe(call)
        let taken = false
        return {
          take() {
            if (taken) live.close()
            taken = true
            return live.take()
          },
          close: () => live.close(),
          get overflowed() {
            return live.overflowed
          },
        }
      },
    }),
  },
  {
    name: 'newest-stream-ends-the-others',
    sentence: 'A new stream of a thread ends the one that was open, in the regular way.',
    override: (base) => {
      const open = new WeakMap<object, Live>()
      return {
        subscribe(call) {
          open.get(call.thread)?.close()
          const live = base.subscribe(call)
          open.set(call.thread, live)
          return live
        },
      }
    },
  },
  {
    name: 'pings-between-live-events',
    sentence: 'Frames named ping, without id, are sent between live events.',
    override: (base) => ({
      frame: (call, entry) => `${base.frame(call, entry)}event: ping\ndata: {"type":"ping"}\n\n`,
    }),
  },
  {
    name: 'forwarded-host-in-links',
    sentence: 'Headers of proxies show in Link and change nothing else.',
    override: (base) => ({
      async finish(call, reply) {
        const right = await base.finish(call, reply)
        const proto = headerLines(call.request, 'x-forwarded-proto')[0] === 'https' ? 'https' : 'http'
        return { ...right, headers: { ...right.headers, link: `<${proto}://api.example/v1>; rel="service"` } }
      },
    }),
  },
]
