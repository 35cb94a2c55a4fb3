import { parseInstant } from '../src/contract/instant.ts'
import { stringField } from '../src/contract/json.ts'
import { judgeEventConsistency } from '../src/oracle/event/event-consistency.ts'
import {
  hasField,
  hasRecommendedFields,
  judgeLabel,
  judgeProcessedAt,
  judgeSchema,
  judgeSharedId,
  judgeUtc,
  type Sighting,
  sightings,
} from '../src/oracle/event/event-fields.ts'
import { createdInstant } from '../src/oracle/event.ts'
import type { Finding } from '../src/oracle/finding.ts'
import type { History } from '../src/oracle/history.ts'
import { isLeaked } from '../src/oracle/isolation/isolation.ts'
import { defineSpec } from '../src/spec-dsl/define-spec.ts'
import type { HistoryVerdict } from '../src/spec-dsl/history-verdict.ts'
import { overHistory } from '../src/spec-dsl/spec-items.ts'

const anEvent = {
  missing: 'an event',
  provide: 'Point CONFORMANCE_THREAD_ID to a thread with events.',
  blockedBy: ['EVT-01', 'ENV-01', 'ENV-02', 'NEG-03'],
} as const
const anEventWith = (field: string) => ({
  missing: `an event with ${field}`,
  provide: 'Fix EVT-01 first: the field is missing on every event that was read.',
  blockedBy: anEvent.blockedBy,
})
const documentedTypes = new Set(['agent.thread_message_sent', 'session.thread_status_running'])
const otherDocumentedTypes = new Set([
  'session.thread_created',
  'session.thread_status_running',
  'session.thread_status_idle',
  'session.thread_status_terminated',
  'agent.thread_message_received',
])

function eachEvent(
  judge: (sighting: Sighting) => Finding | undefined,
  concerns: (sighting: Sighting) => boolean = () => true,
): (history: History) => HistoryVerdict {
  return (history) => {
    const events = sightings(history).filter(concerns)
    return { judged: events.length, findings: events.map(judge).filter((finding) => finding !== undefined) }
  }
}

export default defineSpec('event', [
  overHistory(
    'EVT-01',
    'Every event has `id`, `type`, `session_id`, `session_thread_id` and `created_at`, all non-empty strings. Other types and fields are allowed. (Events of incremental streaming, `agent.message_start`, `agent.content_block_…` and their like, may lack `created_at`.)',
    anEvent,
    eachEvent((sighting) => judgeSchema('EVT-01', sighting)),
  ),
  overHistory(
    'EVT-02',
    'Event ids start with `evt_`, and no two events of a thread share one.',
    anEventWith('id'),
    (history) => {
      const form = eachEvent(
        (sighting) => judgeSchema('EVT-02', sighting),
        ({ event }) => event.id !== undefined,
      )(history)
      const shared = history.lists.map(judgeSharedId).filter((finding) => finding !== undefined)
      return { judged: form.judged, findings: [...form.findings, ...shared] }
    },
  ),
  overHistory(
    'EVT-03',
    '`session_thread_id` is the thread in the path.',
    anEventWith('session_thread_id'),
    eachEvent((sighting) => judgeLabel('thread', sighting), isOwnWithLabel),
  ),
  overHistory(
    'EVT-04',
    '`session_id` is the session in the path.',
    anEventWith('session_id'),
    eachEvent((sighting) => judgeLabel('session', sighting), hasField('session_id')),
  ),
  overHistory(
    'EVT-05',
    '`created_at`, and `processed_at` where present and not null, are RFC 3339 date-times with a time zone and name a real date.',
    anEventWith('created_at or processed_at'),
    eachEvent((sighting) => judgeSchema('EVT-05', sighting), hasField('created_at', 'processed_at')),
  ),
  overHistory(
    'EVT-06',
    'The two event types of the page have their fields: `agent.thread_message_sent` has `direction` (a non-empty string), `content`, `from_session_thread_id` and `to_session_thread_id` (`sthr_…`); `session.thread_status_running` has `status: "running"`.',
    {
      missing: 'an event of a documented type',
      provide:
        'Point CONFORMANCE_THREAD_ID to a thread with an agent.thread_message_sent or a session.thread_status_running.',
    },
    eachEvent(
      (sighting) => judgeSchema('EVT-06', sighting),
      ({ event }) => event.type !== undefined && documentedTypes.has(event.type),
    ),
  ),
  overHistory(
    'EVT-07',
    '`schema_version` is `"1.0"`, `processed_at` is not before `created_at`, and `turn_id` starts with `turn_`.',
    { missing: 'an event with schema_version, processed_at or turn_id', provide: anEvent.provide },
    eachEvent(
      (sighting) => judgeSchema('EVT-07', sighting) ?? judgeProcessedAt(sighting),
      hasRecommendedFields,
    ),
  ),
  overHistory(
    'EVT-08',
    'An event of a thread is the same JSON value wherever that thread shows it: in every page, order and filter, and in the stream. Text and numbers survive to the last character and digit. Not counted as a difference: `processed_at` that was absent or null and now has a value; `content` as a string in one representation and as a single text block in the other.',
    { missing: 'an event that was returned twice', provide: anEvent.provide },
    judgeEventConsistency,
  ),
  overHistory(
    'EVT-09',
    'Events of the other documented thread types have their fields: `session.thread_created` `parent_thread_id`, `agent_name`, `role`; `session.thread_status_running` `agent_name`; `session.thread_status_idle` and `session.thread_status_terminated` `status`, `stop_reason`; `agent.thread_message_received` `direction`, `content`.',
    {
      missing: 'an event of another documented thread type',
      provide:
        'Point CONFORMANCE_THREAD_ID to a thread with session.thread_… or agent.thread_message_received events.',
    },
    eachEvent(
      (sighting) => judgeSchema('EVT-09', sighting),
      ({ event }) => event.type !== undefined && otherDocumentedTypes.has(event.type),
    ),
  ),
  overHistory(
    'EVT-21',
    '`content`, where an event has it, is an array.',
    anEventWith('content'),
    eachEvent((sighting) => judgeSchema('EVT-21', sighting), hasField('content')),
  ),
  overHistory(
    'EVT-10',
    'Timestamps are in UTC (`Z` or `+00:00`).',
    {
      missing: 'an event with a timestamp that has a time zone',
      provide: anEvent.provide,
      blockedBy: ['EVT-05', 'EVT-01'],
    },
    eachEvent(judgeUtc, hasTimestamp),
  ),
])

// An event that only a filter or a cursor brings into a list is a finding of isolation.
function isOwnWithLabel(sighting: Sighting): boolean {
  const { event, list } = sighting
  const { after, before, types } = list.query
  const isNarrowed = after !== undefined || before !== undefined || types !== undefined
  const isKnown = list.thread.sequence.events.some(({ id }) => id === event.id)
  const isUnlisted = isNarrowed && list.thread.sequence.complete && !isKnown
  return hasField('session_thread_id')(sighting) && !isUnlisted && !isLeaked(event, list.thread)
}

function hasTimestamp({ event }: Sighting): boolean {
  const processed = stringField(event.value, 'processed_at')
  return (
    createdInstant(event) !== undefined || (processed !== undefined && parseInstant(processed) !== undefined)
  )
}
