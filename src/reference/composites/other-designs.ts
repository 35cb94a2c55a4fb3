import type { Denial } from '../behaviour/denial.ts'
import type { Override } from '../behaviour.ts'
import { headerLines } from '../request-context.ts'
import type { Composite } from './composite.ts'
import {
  acceptIgnored,
  envelopeWithout,
  errorsAsText,
  eventsWith,
  eventsWithout,
  ignoring,
  withDefaultLimit,
} from './departures.ts'

/** Lists begin with the newest event unless `order=asc` is given. */
const newestFirst: Override = (base) => ({
  readOrder: (values) => (values.length === 0 ? 'desc' : base.readOrder(values)),
})

const notAcceptable: Denial = {
  denied: true,
  status: 406,
  type: 'invalid_request_error',
  message: 'Only application/json is available.',
}

/** A stream request is answered with 406 before its token is checked. */
const streamsNotAcceptable: Override = (base) => ({
  authenticate: (call) =>
    base.wantsStream(call, headerLines(call.request, 'accept')) ? notAcceptable : base.authenticate(call),
})

/** Any type filter crashes. */
const filtersCrash: Override = (base) => ({
  readTypes(type, brackets) {
    if (type.length + brackets.length > 0) throw new Error('The filter is not implemented.')
    return base.readTypes(type, brackets)
  },
})

/** Servers whose design differs from the documented one in several places. */
export const otherDesigns: readonly Composite[] = [
  {
    name: 'newest-first-by-default',
    sentence:
      'Lists the newest events first unless order=asc is given, has 25 events on a page without limit, and leaves session_id out.',
    control: false,
    overrides: [newestFirst, withDefaultLimit(25), eventsWithout('session_id')],
    mustFail: ['ORD-01', 'PAG-01', 'EVT-01'],
    mayFail: [],
    blocked: [
      { id: 'EVT-04', by: 'EVT-01' },
      { id: 'ORD-02', by: 'ORD-01' },
    ],
    causes: [{ requirement: 'ORD-01' }, { requirement: 'PAG-01' }, { requirement: 'EVT-01' }],
  },
  {
    name: 'whole-thread-on-one-page',
    sentence:
      'Answers every list with the whole thread in ascending order, ignores all parameters and Accept, has no has_more, and errors that are a text.',
    control: false,
    overrides: [
      ignoring('limit', 'order', 'after_id', 'before_id', 'type', 'types[]'),
      withDefaultLimit(Number.POSITIVE_INFINITY),
      acceptIgnored,
      envelopeWithout('has_more'),
      errorsAsText,
    ],
    mustFail: [
      'PAG-01',
      'PAG-02',
      'PAG-03',
      'PAG-04',
      'ORD-03',
      'FLT-01',
      'FLT-03',
      'NEG-01',
      'ENV-01',
      'ERR-01',
    ],
    mayFail: [],
    blocked: [
      { id: 'PAG-05', by: 'PAG-03' },
      { id: 'PAG-08', by: 'PAG-03' },
      { id: 'PAG-09', by: 'PAG-02' },
      { id: 'PAG-10', by: 'PAG-02' },
      { id: 'ENV-05', by: 'ENV-01' },
      { id: 'FLT-02', by: 'FLT-01' },
      { id: 'SSE-04', by: 'NEG-01' },
      { id: 'ERR-03', by: 'ERR-01' },
    ],
    causes: [
      { feature: 'limit', state: 'ignored' },
      { feature: 'order', state: 'ignored' },
      { feature: 'after_id', state: 'ignored' },
      { feature: 'before_id', state: 'ignored' },
      { feature: 'type', state: 'ignored' },
      { feature: 'Accept', state: 'ignored' },
    ],
  },
  {
    name: 'streams-refused-and-filters-crash',
    sentence:
      'Answers 406 to every stream request before it looks at the token, and 500 to every type filter.',
    control: false,
    overrides: [streamsNotAcceptable, filtersCrash],
    mustFail: ['NEG-01', 'FLT-01', 'FLT-03', 'INP-04'],
    mayFail: ['INP-01'],
    blocked: [
      { id: 'AUT-05', by: 'NEG-01' },
      { id: 'SSE-10', by: 'NEG-01' },
      { id: 'SSE-07', by: 'NEG-01' },
      { id: 'FLT-05', by: 'FLT-01' },
    ],
    causes: [
      { feature: 'Accept', state: 'refused' },
      { feature: 'type', state: 'refused' },
    ],
  },
  {
    name: 'ids-as-numbers',
    sentence: 'Writes the ids of events as numbers.',
    control: false,
    overrides: [
      eventsWith((event) => ({ ...event, id: Number.parseInt(String(event.id).slice(4, 12), 16) })),
    ],
    mustFail: ['EVT-01'],
    mayFail: [],
    blocked: [
      { id: 'EVT-02', by: 'EVT-01' },
      { id: 'ENV-03', by: 'EVT-01' },
      { id: 'PAG-03', by: 'EVT-01' },
      { id: 'SSE-02', by: 'EVT-01' },
      { id: 'ISO-04', by: 'EVT-01' },
    ],
    causes: [{ requirement: 'EVT-01' }],
  },
]
