import type { RequirementId } from '../../contract/catalogue.ts'
import { type JsonValue, parseJson, writeJson } from '../../contract/json.ts'
import { defaultWorld } from '../world/default-world.ts'
import { parseWorld } from '../world/parse-world.ts'
import type { World } from '../world/world.ts'
import type { Blocked, Cause, Composite } from './composite.ts'
import {
  acceptIgnored,
  encodedSlashUnrouted,
  envelopeWithout,
  errorsAsText,
  eventsWith,
  eventsWithout,
  ignoring,
  invalidEscapeRefused,
  largeLimitCapped,
  nextPageOnly,
  refusing,
  trailingSlashUnrouted,
  unknownThreadIsEmpty,
  validationErrorsWithSourcePath,
  withDefaultLimit,
} from './departures.ts'

const cursors = ['after_id', 'before_id'] as const
const typeFilters = ['type', 'types[]'] as const

const blockedBy = (by: RequirementId, ...ids: readonly RequirementId[]): Blocked[] =>
  ids.map((id) => ({ id, by }))

const cursorsBlocked = [
  ...blockedBy('PAG-03', 'PAG-05', 'PAG-07', 'PAG-08', 'PAG-11', 'PAG-14', 'ISO-03'),
  ...blockedBy('PAG-04', 'PAG-06'),
]
const filtersBlocked = blockedBy('FLT-01', 'FLT-02', 'FLT-04', 'FLT-05')
const streamsBlocked = blockedBy(
  'NEG-01',
  'NEG-02',
  'SSE-01',
  'SSE-02',
  'SSE-03',
  'SSE-04',
  'SSE-05',
  'SSE-06',
  'SSE-07',
  'SSE-08',
  'ISO-04',
)
const endsBlocked = blockedBy('ENV-01', 'ENV-03', 'ENV-04')

/** What becomes of cursors and type filters on all of these servers. */
const cursorAndFilterCauses = (state: 'ignored' | 'refused'): Cause[] => [
  { feature: 'after_id', state },
  { feature: 'before_id', state },
  { feature: 'type', state },
  { feature: 'types[]', state },
]
const acceptCause: Cause = { feature: 'Accept', state: 'ignored' }

/** The default world with thread ids that count from 1. */
function shortThreadIds(): World {
  const world = defaultWorld()
  const ids = world.sessions.flatMap(({ threads }) => threads.map(({ id }) => id))
  const text = ids.reduce((json, id, at) => json.replaceAll(`"${id}"`, `"sthr_${at + 1}"`), writeJson(world))
  return parseWorld(parseJson(text))
}

/** Six public servers that offer this route, as they answered. They have no control protocol. */
export const publicServers: readonly Composite[] = [
  {
    name: 'public-server-a',
    sentence:
      'Ignores cursors, type filters and Accept, has 50 events on a page without limit, and leaves session_thread_id out of some events.',
    control: false,
    overrides: [
      ignoring(...cursors, ...typeFilters),
      withDefaultLimit(50),
      acceptIgnored,
      eventsWith((event) => {
        const { session_thread_id, ...rest } = event
        return event.type === 'agent.tool_use' ? rest : event
      }),
      trailingSlashUnrouted,
    ],
    mustFail: ['PAG-03', 'PAG-04', 'PAG-01', 'FLT-01', 'FLT-03', 'NEG-01', 'EVT-01'],
    mayFail: [],
    blocked: [...cursorsBlocked, ...filtersBlocked, ...streamsBlocked],
    causes: [
      ...cursorAndFilterCauses('ignored'),
      acceptCause,
      { requirement: 'PAG-01' },
      { requirement: 'EVT-01' },
    ],
  },
  {
    name: 'public-server-b',
    sentence:
      'Ignores cursors, order, type filters and Accept, has 100 events on a page without limit, no first_id and last_id, errors that are a text, and an empty list for an unknown thread.',
    control: false,
    overrides: [
      ignoring(...cursors, ...typeFilters, 'order'),
      withDefaultLimit(100),
      acceptIgnored,
      envelopeWithout('first_id', 'last_id'),
      errorsAsText,
      unknownThreadIsEmpty,
    ],
    mustFail: [
      'PAG-03',
      'PAG-04',
      'ORD-03',
      'PAG-01',
      'FLT-01',
      'FLT-03',
      'NEG-01',
      'ENV-01',
      'ERR-01',
      'NFD-02',
    ],
    mayFail: [],
    blocked: [
      ...cursorsBlocked,
      ...filtersBlocked,
      ...streamsBlocked,
      ...endsBlocked,
      ...blockedBy('ERR-01', 'ERR-03'),
      ...blockedBy('NFD-02', 'NFD-03'),
    ],
    causes: [
      ...cursorAndFilterCauses('ignored'),
      { feature: 'order', state: 'ignored' },
      acceptCause,
      { feature: 'list envelope', state: 'wrong' },
      { feature: 'error envelope', state: 'wrong' },
      { requirement: 'PAG-01' },
      { requirement: 'NFD-02' },
    ],
  },
  {
    name: 'public-server-c',
    sentence:
      'Ignores cursors, order, type filters and Accept, lists everything without limit, writes timestamps without a zone, and answers 422 with the path of a source file to an invalid limit.',
    control: false,
    overrides: [
      ignoring(...cursors, ...typeFilters, 'order'),
      withDefaultLimit(Number.POSITIVE_INFINITY),
      largeLimitCapped,
      acceptIgnored,
      eventsWith((event) =>
        Object.fromEntries(
          Object.entries(event).map(([name, value]) => [
            name,
            name.endsWith('_at') ? zoneless(value) : value,
          ]),
        ),
      ),
      validationErrorsWithSourcePath,
      encodedSlashUnrouted,
    ],
    mustFail: [
      'PAG-03',
      'PAG-04',
      'ORD-03',
      'PAG-01',
      'FLT-01',
      'FLT-03',
      'NEG-01',
      'EVT-05',
      'PAG-09',
      'PAG-15',
      'ERR-04',
    ],
    mayFail: [],
    blocked: [
      ...cursorsBlocked,
      ...filtersBlocked,
      ...streamsBlocked,
      ...blockedBy('EVT-05', 'ORD-01', 'EVT-10'),
    ],
    causes: [
      ...cursorAndFilterCauses('ignored'),
      { feature: 'order', state: 'ignored' },
      acceptCause,
      { requirement: 'PAG-01' },
      { requirement: 'EVT-05' },
      { requirement: 'PAG-09' },
      { requirement: 'ERR-04' },
    ],
  },
  {
    name: 'public-server-d',
    sentence:
      'Refuses cursors, order and type filters as unknown parameters, ignores Accept, pages by next_page, and has events without session_id, session_thread_id and created_at whose ids start with sevt_.',
    control: false,
    overrides: [
      refusing(...cursors, ...typeFilters, 'order'),
      acceptIgnored,
      nextPageOnly,
      eventsWithout('session_id', 'session_thread_id', 'created_at'),
      eventsWith((event) => ({ ...event, id: `s${String(event.id)}` })),
      invalidEscapeRefused,
    ],
    mustFail: ['PAG-03', 'PAG-04', 'ORD-03', 'FLT-01', 'FLT-03', 'NEG-01', 'ENV-01', 'EVT-01', 'EVT-02'],
    mayFail: [],
    blocked: [
      ...cursorsBlocked,
      ...filtersBlocked,
      ...streamsBlocked,
      ...endsBlocked,
      ...blockedBy('ENV-01', 'ENV-05'),
      ...blockedBy('EVT-01', 'EVT-03', 'EVT-04', 'ORD-01'),
      ...blockedBy('ORD-03', 'ORD-02', 'INP-02'),
    ],
    causes: [
      ...cursorAndFilterCauses('refused'),
      { feature: 'order', state: 'refused' },
      acceptCause,
      { feature: 'list envelope', state: 'wrong' },
      { feature: 'event fields', state: 'wrong' },
      { requirement: 'EVT-02' },
    ],
  },
  {
    name: 'public-server-e',
    sentence:
      'Ignores cursors, order, type filters and Accept, has 100 events on a page without limit, pages by next_page, has events without session_id and session_thread_id, and thread ids that count from 1.',
    control: false,
    world: shortThreadIds,
    overrides: [
      ignoring(...cursors, ...typeFilters, 'order'),
      withDefaultLimit(100),
      acceptIgnored,
      nextPageOnly,
      eventsWithout('session_id', 'session_thread_id'),
      invalidEscapeRefused,
    ],
    mustFail: ['PAG-03', 'PAG-04', 'ORD-03', 'PAG-01', 'FLT-01', 'FLT-03', 'NEG-01', 'ENV-01', 'EVT-01'],
    mayFail: [],
    blocked: [
      ...cursorsBlocked,
      ...filtersBlocked,
      ...streamsBlocked,
      ...endsBlocked,
      ...blockedBy('ENV-01', 'ENV-05'),
      ...blockedBy('EVT-01', 'EVT-03', 'EVT-04'),
    ],
    causes: [
      ...cursorAndFilterCauses('ignored'),
      { feature: 'order', state: 'ignored' },
      acceptCause,
      { feature: 'list envelope', state: 'wrong' },
      { feature: 'event fields', state: 'wrong' },
      { requirement: 'PAG-01' },
    ],
  },
  {
    name: 'public-server-f',
    sentence:
      'Refuses cursors and type filters as unknown parameters, ignores Accept, pages by next_page, and has events without session_id and session_thread_id.',
    control: false,
    overrides: [
      refusing(...cursors, ...typeFilters),
      acceptIgnored,
      nextPageOnly,
      eventsWithout('session_id', 'session_thread_id'),
      trailingSlashUnrouted,
    ],
    mustFail: ['PAG-03', 'PAG-04', 'FLT-01', 'FLT-03', 'NEG-01', 'ENV-01', 'EVT-01'],
    mayFail: [],
    blocked: [
      ...cursorsBlocked,
      ...filtersBlocked,
      ...streamsBlocked,
      ...endsBlocked,
      ...blockedBy('ENV-01', 'ENV-05'),
      ...blockedBy('EVT-01', 'EVT-03', 'EVT-04'),
    ],
    causes: [
      ...cursorAndFilterCauses('refused'),
      acceptCause,
      { feature: 'list envelope', state: 'wrong' },
      { feature: 'event fields', state: 'wrong' },
    ],
  },
]

function zoneless(value: JsonValue): JsonValue {
  return typeof value === 'string' ? value.replace(/(?:Z|\+00:00)$/, '') : value
}
