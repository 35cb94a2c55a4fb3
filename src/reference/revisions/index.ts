import { defaultRevision, revisionNamed } from '../../contract/revisions/index.ts'
import type { Override } from '../behaviour.ts'
import type { World } from '../world/world.ts'
import { inLaterForm, july } from './2026-07.ts'

/** How the server of each revision differs from the standard one, which is that of June 2026. */
const overrides: Readonly<Record<string, Override>> = { '2026-07': july }

/**
 * The change that makes the standard behaviour that of a revision; none for the default one.
 * @throws if no revision has the name
 */
export function overridesOf(revision = defaultRevision.name): readonly Override[] {
  const override = overrides[revisionNamed(revision).name]
  return override === undefined ? [] : [override]
}

/** A world with its events in the form of a revision; what identifies them stays, so that it can be loaded again. */
export function worldOf(revision: string, world: World): World {
  if (overrides[revisionNamed(revision).name] === undefined) return world
  return {
    ...world,
    sessions: world.sessions.map((session) => ({
      ...session,
      threads: session.threads.map((thread) => ({ ...thread, events: thread.events.map(inLaterForm) })),
    })),
  }
}
