import type { Fault } from '../fault.ts'
import { listed, shown } from '../overrides/events.ts'

/** Fields that the documents name for one type each. */
export const documentedFieldsFaults: readonly Fault[] = [
  {
    name: 'direction-left-out',
    sentence: 'Messages have no `direction`.',
    violates: ['EVT-06'],
    override: shown(({ direction: _, ...event }) => event),
  },
  {
    name: 'direction-is-empty',
    sentence: '`direction` is an empty string.',
    violates: ['EVT-06'],
    override: shown((event) => ('direction' in event ? { ...event, direction: '' } : event)),
  },
  {
    name: 'agent-name-left-out',
    sentence: 'Status events have no `agent_name`.',
    violates: ['EVT-09'],
    override: shown(({ agent_name: _, ...event }) => event),
  },
  {
    name: 'agent-name-renamed',
    sentence: '`agent_name` is called `agent`.',
    violates: ['EVT-09'],
    override: shown(({ agent_name, ...event }) =>
      agent_name === undefined ? event : { ...event, agent: agent_name },
    ),
  },
  {
    name: 'agent-name-left-out-of-largest-pages',
    sentence: 'On pages of 100, status events have no `agent_name`.',
    violates: ['EVT-09', 'EVT-08'],
    override: listed(({ agent_name, ...event }, { query }) =>
      agent_name === undefined || query.limit === 100 ? event : { ...event, agent_name },
    ),
  },
]
