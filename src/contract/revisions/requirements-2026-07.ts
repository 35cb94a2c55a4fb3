/** Requirements that are new in the revision of July 2026. Ids from 20 on, so that June's areas can still grow. */
export const requirements202607 = [
  {
    id: 'EVT-21',
    area: 'event',
    level: 'MUST',
    title: '`content`, where an event has it, is an array.',
    source: ['page'],
  },
  {
    id: 'PAG-20',
    area: 'pagination',
    level: 'MUST',
    title:
      '`next_page` is a string or null on every page that is read forward. It is null exactly where no more events follow.',
    source: ['pagination'],
  },
  {
    id: 'PAG-21',
    area: 'pagination',
    level: 'MUST',
    title:
      '`page` with the `next_page` of a page returns the events right after that page, as `after_id` with its `last_id` does.',
    source: ['pagination'],
  },
  {
    id: 'PAG-22',
    area: 'pagination',
    level: 'MUST',
    title:
      'Paging forward (`page = next_page` until it is null) visits every event exactly once, at any page size.',
    source: ['pagination'],
  },
  {
    id: 'PAG-23',
    area: 'pagination',
    level: 'MUST',
    title: '`page` together with `after_id` or `before_id` is refused with 400 `invalid_request_error`.',
    source: ['pagination'],
  },
  {
    id: 'PAG-24',
    area: 'pagination',
    level: 'MUST',
    title: 'Events appended while a client follows `next_page` cause no event to be repeated or skipped.',
    source: ['pagination'],
  },
  {
    id: 'PAG-25',
    area: 'pagination',
    level: 'MUST',
    title: 'A `limit` above 100 is refused with 400 `invalid_request_error`.',
    source: ['pagination'],
  },
  {
    id: 'SSE-20',
    area: 'stream',
    level: 'MUST',
    title: 'The stream of a thread is at `…/threads/{thread_id}/stream`.',
    source: ['stream'],
  },
  {
    id: 'SSE-21',
    area: 'stream',
    level: 'MUST',
    title:
      'A `Last-Event-ID` that is no event of this thread is refused with 400 `invalid_request_error` before any event.',
    source: ['stream'],
  },
  {
    id: 'SSE-22',
    area: 'stream',
    level: 'MUST',
    title: 'Keep-alives are comments: no frame is a keep-alive.',
    source: ['stream'],
  },
  {
    id: 'ERR-05',
    area: 'errors',
    level: 'MUST',
    title:
      'Every error answer of the API has a top-level `request_id`: the `x-request-id` of the request, or a new UUID.',
    source: ['errors'],
  },
] as const
