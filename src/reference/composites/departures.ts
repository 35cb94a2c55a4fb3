import { isJsonObject, type JsonObject } from '../../contract/json.ts'
import { invalid } from '../behaviour/denial.ts'
import type { Override } from '../behaviour.ts'
import { envelope } from '../faults/overrides/pages.ts'
import { Thread } from '../store/thread.ts'

/** Behaves as if these query parameters were not there. */
export function ignoring(...names: readonly string[]): Override {
  return (base) => ({
    parameters: (call) => base.parameters(call).filter(([name]) => !names.includes(name)),
  })
}

/** Answers 400 where one of these query parameters is given. */
export function refusing(...names: readonly string[]): Override {
  return (base) => ({
    readQuery: (call) =>
      base.parameters(call).some(([name]) => names.includes(name))
        ? invalid('unknown query parameter')
        : base.readQuery(call),
  })
}

/** Answers with the list whatever Accept says. */
export const acceptIgnored: Override = () => ({ wantsStream: () => false })

/** Pages without `limit` have this many events; `Infinity`: all. */
export function withDefaultLimit(size: number): Override {
  return (base) => ({
    readLimit: (values) => (values.length === 0 ? size : base.readLimit(values)),
  })
}

/** A limit above 100 gives the first 100 events. */
export const largeLimitCapped: Override = (base) => ({
  readLimit: (values) =>
    /^\d+$/.test(values[0] ?? '') && Number(values[0]) > 100 ? 100 : base.readLimit(values),
})

/** Leaves these fields out of the list envelope. */
export function envelopeWithout(...names: readonly string[]): Override {
  return envelope((body) => without(body, names))
}

/** Has `next_page` in place of `first_id`, `last_id` and `has_more`. */
export const nextPageOnly: Override = envelope((body, _call, page) => ({
  ...without(body, ['first_id', 'last_id', 'has_more']),
  next_page: page.hasMore
    ? Buffer.from(`page:${page.entries.at(-1)?.event.id ?? ''}`).toString('base64url')
    : null,
}))

/** Presents events with changed fields, in lists and in streams. */
export function eventsWith(change: (event: JsonObject) => JsonObject): Override {
  return (base) => ({
    present(call, event) {
      const value = base.present(call, event)
      return isJsonObject(value) ? change(value) : value
    },
  })
}

/** Leaves these fields out of every event. */
export function eventsWithout(...names: readonly string[]): Override {
  return eventsWith((event) => without(event, names))
}

/** Errors have the form `{"error": "…"}`. */
export const errorsAsText: Override = () => ({ errorBody: (_call, { message }) => ({ error: message }) })

/** Requests whose query is invalid get 422 with the path of a source file in the message. */
export const validationErrorsWithSourcePath: Override = (base) => ({
  refuse: (call, denial) =>
    base.refuse(
      call,
      denial.status === 400
        ? {
            ...denial,
            status: 422,
            message: `${denial.message} (raised in /app/src/routes/thread_events.py)`,
          }
        : denial,
    ),
})

/** Answers that an HTTP server or router gives before the code of the API runs. */
export function answeredByTheRouter(when: (path: string) => boolean, status: number, text: string): Override {
  return (base) => ({
    refuse: (call, denial) =>
      when(call.request.path)
        ? { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: Buffer.from(text) }
        : base.refuse(call, denial),
  })
}

/** The router has no route with a trailing slash. */
export const trailingSlashUnrouted = answeredByTheRouter(
  (path) => path.endsWith('/'),
  404,
  '404 page not found\n',
)

/** The router takes an encoded slash for a separator. */
export const encodedSlashUnrouted = answeredByTheRouter((path) => /%2f/i.test(path), 404, 'Not Found')

/** The HTTP server refuses a path with an invalid escape. */
export const invalidEscapeRefused = answeredByTheRouter(
  (path) => /%(?![0-9a-f]{2})/i.test(path),
  400,
  '400 Bad Request',
)

/** Every thread id is answered: an unknown one has no events. */
export const unknownThreadIsEmpty: Override = (base) => ({
  findThread: (call, session, id) =>
    base.findThread(call, session, id) ?? new Thread(session.id, id, call.behaviour),
})

function without(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))
}
