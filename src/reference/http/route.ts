/** Where a path leads. Ids are still percent-encoded. */
export type Route =
  | {
      readonly to: 'events'
      readonly session: string
      readonly thread: string
      /** Whether it is the path of the stream alone. */
      readonly stream: boolean
    }
  | { readonly to: 'threads'; readonly session: string }
  | { readonly to: 'sessions' }
  | { readonly to: 'control'; readonly path: readonly string[] }
  /** Below the base URL, but nothing: authentication comes first there too. */
  | { readonly to: 'nothing-of-the-api' }
  | { readonly to: 'nothing' }

/** Finds the route of a path as sent, without its query. */
export function findRoute(path: string): Route {
  const [, root, ...rest] = path.split('/')
  if (root === 'control') return { to: 'control', path: rest }
  if (root !== 'v1') return { to: 'nothing' }
  const [sessions, session = '', threads, thread = '', events] = rest
  if (sessions !== 'sessions') return { to: 'nothing-of-the-api' }
  if (rest.length === 1) return { to: 'sessions' }
  if (rest.length === 3 && threads === 'threads') return { to: 'threads', session }
  if (rest.length === 5 && threads === 'threads' && (events === 'events' || events === 'stream'))
    return { to: 'events', session, thread, stream: events === 'stream' }
  return { to: 'nothing-of-the-api' }
}
