import { someIds } from './serve.ts'

const idAt = (at: number) => `evt_${at.toString(16).padStart(32, '0')}`

/** The text of the event with this number; `more` are further fields. */
export function eventAt(at: number, more?: string): string {
  const created = new Date(Date.UTC(2026, 0, 1) + at).toISOString()
  const fields = [
    `"id":"${idAt(at)}"`,
    '"type":"agent.message"',
    `"session_id":"${someIds.sessionId}"`,
    `"session_thread_id":"${someIds.threadId}"`,
    `"created_at":"${created}"`,
    ...(more === undefined ? [] : [more]),
  ]
  return `{${fields.join(',')}}`
}

/** The text of a page of events that says that there is more. */
export function page(from: number, count: number, more?: string): string {
  const events = Array.from({ length: count }, (_, at) => eventAt(from + at, more))
  return `{"data":[${events.join(',')}],"first_id":"${idAt(from)}","last_id":"${idAt(from + count - 1)}","has_more":true}`
}
