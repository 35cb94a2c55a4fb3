import { stringField } from '../../contract/json.ts'
import type { SeenEvent } from '../event.ts'

/** Whether an event of another thread is a message that names this one too: it may be in both lists, or in one. */
export function isMessageOfAnother(event: SeenEvent, threadId: string): boolean {
  return event.thread !== undefined && event.thread !== threadId && namesBothThreads(event, threadId)
}

/** Whether an event is a message that its sender and its receiver may both list: EVT-03 judges under which label. */
export function namesBothThreads({ value }: SeenEvent, threadId: string): boolean {
  const [from, to] = [
    stringField(value, 'from_session_thread_id'),
    stringField(value, 'to_session_thread_id'),
  ]
  return from !== undefined && to !== undefined && from !== to && (from === threadId || to === threadId)
}
