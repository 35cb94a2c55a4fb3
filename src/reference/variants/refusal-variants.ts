import { isJsonObject } from '../../contract/json.ts'
import { type Denial, invalid, isDenial, notFound } from '../behaviour/denial.ts'
import type { Variant } from './variant.ts'

const sessionForm = /^sess_[0-9a-f]{32}$/
const threadForm = /^sthr_(?:[0-9a-f]{16}){1,2}$/

export const refusalVariants: readonly Variant[] = [
  {
    name: 'query-checked-before-the-token',
    sentence: 'A request without a token returns 400 if its query is invalid.',
    override: (base) => ({
      async authenticate(call) {
        const query = await call.behaviour.readQuery(call)
        return isDenial(query) ? query : base.authenticate(call)
      },
    }),
  },
  {
    name: 'errors-without-request-id',
    sentence: 'Errors have neither request_id nor param.',
    override: () => ({
      errorBody: (_call, { type, message }) => ({ type: 'error', error: { type, message } }),
    }),
  },
  {
    name: 'errors-with-nulls-and-more',
    sentence: 'Errors have null for param and request_id, and undocumented fields.',
    override: () => ({
      errorBody: (_call, { type, message, status }) => ({
        request_id: null,
        error: { message, code: null, param: null, type, status, details: [{ reason: type }] },
        type: 'error',
        docs: 'https://docs.example.com/errors',
      }),
    }),
  },
  {
    name: 'errors-in-another-language',
    sentence: 'Messages are in Chinese and contain the ids in the path.',
    override: (base) => ({
      errorBody(call, denial) {
        const [session, thread] = [call.rawIds.session, call.rawIds.thread].map(
          (id) => call.behaviour.decodeSegment(id) ?? id,
        )
        const message = `请求失败(${denial.status}):会话“${session}”,线程“${thread}”。`
        return base.errorBody(call, { ...denial, message })
      },
    }),
  },
  {
    name: 'unknown-cursors-are-404',
    sentence: 'A cursor or Last-Event-ID that is not an event of the thread returns 404 instead of 400.',
    override: (base) => {
      const missing = <T>(result: T | Denial) =>
        isDenial(result) ? notFound('There is no such event in this thread.') : result
      return {
        beyondCursor: (call, sequence) => missing(base.beyondCursor(call, sequence)),
        resumeAt: (call, entries) => missing(base.resumeAt(call, entries)),
      }
    },
  },
  {
    name: 'malformed-ids-are-400',
    sentence: 'Ids with a wrong prefix, length or alphabet return 400 instead of 404.',
    override: (base) => ({
      resolve(call) {
        const [session = '', thread = ''] = [call.rawIds.session, call.rawIds.thread].map((id) =>
          call.behaviour.decodeSegment(id),
        )
        return sessionForm.test(session) && threadForm.test(thread)
          ? base.resolve(call)
          : invalid('An id of the path is malformed.')
      },
    }),
  },
  {
    name: 'too-long-is-414-and-431',
    sentence: 'A very long target returns 414 and a very long header 431, with the error envelope.',
    override: (base) => ({
      authenticate(call) {
        const { path, query, headers } = call.request
        if (path.length + query.length > 2_500) return { ...invalid('The target is too long.'), status: 414 }
        if (headers.some(([, value]) => value.length > 2_500))
          return { ...invalid('A header is too long.'), status: 431 }
        return base.authenticate(call)
      },
    }),
  },
  {
    name: 'strange-accept-is-406',
    sentence: 'An Accept that allows neither representation returns 406.',
    override: (base) => ({
      async readQuery(call) {
        const lines = call.request.headers.filter(([name]) => name.toLowerCase() === 'accept')
        const allowed =
          /(?:^|,)\s*(?:application\/(?:json|\*)|\*\/\*|text\/(?:html|event-stream))\s*(?:[;,]|$)/i
        const fits = lines.length === 0 || allowed.test(lines.map(([, value]) => value).join(','))
        return fits ? base.readQuery(call) : { ...invalid('Nothing of this type is offered.'), status: 406 }
      },
    }),
  },
  {
    name: 'head-is-not-offered',
    sentence: 'HEAD returns 405 with Allow.',
    override: (base) => ({
      authenticate: (call) =>
        call.request.method === 'HEAD'
          ? { ...invalid('HEAD is not offered.'), status: 405, headers: { allow: 'GET' } }
          : base.authenticate(call),
    }),
  },
  {
    name: 'unknown-parameters-are-refused',
    sentence: 'Unknown or repeated query parameters return 400.',
    override: (base) => ({
      readQuery(call) {
        const names = base.parameters(call).map(([name]) => name)
        const known = ['limit', 'order', 'after_id', 'before_id', 'type', 'types[]']
        const single = names.filter((name) => !name.startsWith('type'))
        return names.every((name) => known.includes(name)) && new Set(single).size === single.length
          ? base.readQuery(call)
          : invalid('The query has a parameter that is unknown, or one of them twice.')
      },
    }),
  },
  {
    name: 'conditional-and-partial-answers',
    sentence: 'If-None-Match: * returns 304 and Range returns 206, as HTTP allows.',
    override: (base) => ({
      async finish(call, reply) {
        const asked = new Map(call.request.headers.map(([name, value]) => [name.toLowerCase(), value]))
        const finished = await base.finish(call, reply)
        if (finished.status !== 200) return finished
        if (asked.get('if-none-match') === '*') return { ...finished, status: 304, body: Buffer.alloc(0) }
        if (!asked.has('range')) return finished
        const range = `bytes 0-1/${finished.body.length}`
        const headers = { ...finished.headers, 'content-range': range }
        return { status: 206, headers, body: finished.body.subarray(0, 2) }
      },
    }),
  },
  {
    name: 'error-type-of-its-own-for-404-routes',
    sentence: 'Unknown routes return a short error.',
    override: (base) => ({
      refuse(call, denial) {
        const reply = base.refuse(call, denial)
        const body = base.errorBody(call, { ...denial, message: '-' })
        return isJsonObject(body) && call.rawIds.thread === ''
          ? { ...reply, body: Buffer.from(JSON.stringify(body)) }
          : reply
      },
    }),
  },
]
