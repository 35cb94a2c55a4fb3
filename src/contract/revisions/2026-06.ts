import { requirements } from '../catalogue.ts'
import type { Revision } from './revision.ts'

/** June 2026: the contract of the catalogue. */
export const revision202606: Revision = {
  name: '2026-06',
  published: 'June 2026',
  requirements,
  schemas: { event: 'event', list: 'list', error: 'error' },
  eventPromises: ['EVT-01', 'EVT-02', 'EVT-05', 'EVT-06'],
  events: {
    labels: true,
    required: ['id', 'type', 'session_id', 'session_thread_id', 'created_at'],
    times: ['created_at'],
  },
  extensions: new Set(['order', 'filter', 'accept-switch']),
  limit: { default: 20, largest: 100, above: 'capped or refused' },
  cursors: ['after_id', 'before_id'],
  stream: { segment: 'events', unknownEvent: [400, 404], keepAlive: 'comment or frame' },
}
