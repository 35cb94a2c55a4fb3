import { isJsonObject, type JsonObject } from '../../../contract/json.ts'
import type { Fault } from '../fault.ts'
import { shown } from '../overrides/events.ts'

const revision = '2026-07'

const textOf = ({ content }: JsonObject) => {
  const [block] = Array.isArray(content) ? content : []
  return isJsonObject(block) ? block.text : undefined
}

/** Events of the later revision. */
export const laterEventFaults: readonly Fault[] = [
  {
    name: 'content-is-a-string',
    sentence: 'content with a single text block is a string.',
    violates: ['EVT-21'],
    alsoAffects: ['SSE-02'],
    revision,
    override: shown((event) => {
      const text = textOf(event)
      return typeof text === 'string' ? { ...event, content: text } : event
    }),
  },
  {
    name: 'processed-at-missing',
    sentence: 'Events have created_at in place of processed_at.',
    violates: ['EVT-01'],
    alsoAffects: ['SSE-02'],
    revision,
    override: shown(({ processed_at, ...event }) => ({ ...event, created_at: processed_at ?? null })),
  },
  {
    name: 'processed-at-is-a-number',
    sentence: 'processed_at is a number of milliseconds.',
    violates: ['EVT-01', 'EVT-05'],
    alsoAffects: ['SSE-02', 'ORD-01', 'ORD-04', 'EVT-10'],
    revision,
    override: shown((event) => ({ ...event, processed_at: Date.parse(String(event.processed_at)) })),
  },
]
