import { type HistoryVerdict, overHistory } from '../src/check/check.ts'
import { spec } from '../src/check/declare.ts'
import { createdInstant } from '../src/oracle/event.ts'
import type { Finding } from '../src/oracle/finding.ts'
import type { History } from '../src/oracle/history.ts'
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
} from '../src/oracle/judge-event.ts'
import { judgeSameness } from '../src/oracle/judge-sameness.ts'

const anEvent = {
  missing: 'an event',
  provide: 'Point CONFORMANCE_THREAD_ID to a thread with events in it.',
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

export default spec('event', [
  overHistory(
    'EVT-01',
    anEvent,
    eachEvent((sighting) => judgeSchema('EVT-01', sighting)),
  ),
  overHistory('EVT-02', anEventWith('id'), (history) => {
    const form = eachEvent((sighting) => judgeSchema('EVT-02', sighting), hasField('id'))(history)
    const shared = history.lists.map(judgeSharedId).filter((finding) => finding !== undefined)
    return { judged: form.judged, findings: [...form.findings, ...shared] }
  }),
  overHistory(
    'EVT-03',
    anEventWith('session_thread_id'),
    eachEvent((sighting) => judgeLabel('thread', sighting), hasField('session_thread_id')),
  ),
  overHistory(
    'EVT-04',
    anEventWith('session_id'),
    eachEvent((sighting) => judgeLabel('session', sighting), hasField('session_id')),
  ),
  overHistory(
    'EVT-05',
    anEventWith('created_at or processed_at'),
    eachEvent((sighting) => judgeSchema('EVT-05', sighting), hasField('created_at', 'processed_at')),
  ),
  overHistory(
    'EVT-06',
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
    { missing: 'an event with schema_version, processed_at or turn_id', provide: anEvent.provide },
    eachEvent(
      (sighting) => judgeSchema('EVT-07', sighting) ?? judgeProcessedAt(sighting),
      hasRecommendedFields,
    ),
  ),
  overHistory(
    'EVT-08',
    { missing: 'an event that was shown twice', provide: anEvent.provide },
    judgeSameness,
  ),
  overHistory(
    'EVT-09',
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
    'EVT-10',
    {
      missing: 'an event with a timestamp that has a time zone',
      provide: anEvent.provide,
      blockedBy: ['EVT-05', 'EVT-01'],
    },
    eachEvent(judgeUtc, ({ event }) => createdInstant(event) !== undefined),
  ),
])
