import type { Behaviour } from '../../behaviour.ts'

/** Finds a thread whose id becomes the same as the one asked for. */
export function threadsAlike(fold: (id: string) => string) {
  return (base: Behaviour): Partial<Behaviour> => ({
    findThread: (call, session, id) =>
      base.findThread(call, session, id) ??
      [...session.threads.values()].find((thread) => fold(thread.id) === fold(id)),
  })
}

/** Finds a session whose id becomes the same as the one asked for. */
export function sessionsAlike(fold: (id: string) => string) {
  return (base: Behaviour): Partial<Behaviour> => ({
    findSession: (call, id) =>
      base.findSession(call, id) ??
      (call.identity?.tenant === 'other'
        ? undefined
        : [...call.serverState.store.sessions.values()].find((session) => fold(session.id) === fold(id))),
  })
}

/** Finds a thread whose id matches the pattern that the id asked for becomes. */
export function threadsMatching(pattern: (id: string) => RegExp | undefined) {
  return (base: Behaviour): Partial<Behaviour> => ({
    findThread: (call, session, id) =>
      base.findThread(call, session, id) ??
      [...session.threads.values()].find((thread) => pattern(id)?.test(thread.id)),
  })
}

/** Finds a session whose id matches the pattern that the id asked for becomes. */
export function sessionsMatching(pattern: (id: string) => RegExp | undefined) {
  return (base: Behaviour): Partial<Behaviour> => ({
    findSession: (call, id) =>
      base.findSession(call, id) ??
      (call.identity?.tenant === 'other'
        ? undefined
        : [...call.serverState.store.sessions.values()].find((session) => pattern(id)?.test(session.id))),
  })
}
