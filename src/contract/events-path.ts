import { percentEncoded } from './percent-encoded.ts'
import type { Revision } from './revisions/revision.ts'

/** Path of the route for one thread, after the base; ids are percent-encoded. */
export function eventsPath(ids: { readonly sessionId: string; readonly threadId: string }): string {
  return `${threadPath(ids)}/events`
}

/** Path of the thread's stream in a revision: the list's own, or one of its own. */
export function streamPath(
  ids: { readonly sessionId: string; readonly threadId: string },
  { stream }: Revision,
): string {
  return `${threadPath(ids)}/${stream.segment}`
}

/** The path of the stream beside a list's path, with the query that it may have. */
export function streamBeside(target: string, { stream }: Revision): string {
  return target.replace(/\/events(?=\?|$)/, `/${stream.segment}`)
}

function threadPath(ids: { readonly sessionId: string; readonly threadId: string }): string {
  return `/sessions/${percentEncoded(ids.sessionId)}/threads/${percentEncoded(ids.threadId)}`
}
