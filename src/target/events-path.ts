/** Path of the route for one thread, after the base; ids are percent-encoded. */
export function eventsPath(ids: { readonly sessionId: string; readonly threadId: string }): string {
  return `/sessions/${encodeURIComponent(ids.sessionId)}/threads/${encodeURIComponent(ids.threadId)}/events`
}
