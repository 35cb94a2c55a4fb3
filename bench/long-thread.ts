/** A thread of any length that can be made from its numbers alone. */
export const place = {
  sessionId: 'sess_00000000000000000000000000000001',
  threadId: 'sthr_00000000000000000000000000000001',
} as const

const types = ['agent.message', 'agent.thread_message_sent', 'agent.tool_use', 'user.message'] as const
const start = Date.UTC(2026, 0, 1)

/** The id of the event at a place, counted from 0. */
export function idAt(at: number): string {
  return `evt_${at.toString(16).padStart(32, '0')}`
}

/** The place of the event with this id. */
export function placeOf(id: string): number {
  return Number.parseInt(id.slice(4), 16)
}

/** The type of the event at a place. */
export function typeAt(at: number): string {
  return types[at % types.length] ?? types[0]
}

/** When the event at a place was created: each a millisecond after the one before. */
export function createdAt(at: number): string {
  return new Date(start + at).toISOString().replace('Z', '123456Z')
}

/** The JSON of the event at a place. */
export function longThreadEvent(at: number): string {
  return `{"id":"${idAt(at)}","type":"${typeAt(at)}","schema_version":"1.0","session_id":"${place.sessionId}","session_thread_id":"${place.threadId}","created_at":"${createdAt(at)}","processed_at":null,"direction":"coordinator_to_child","from_session_thread_id":"${place.threadId}","to_session_thread_id":"${place.threadId}","content":[{"type":"text","text":"Message number ${at}: the quick brown fox jumps over the lazy dog."}]}`
}
