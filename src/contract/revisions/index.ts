import { revision202606 } from './2026-06.ts'
import { revision202607 } from './2026-07.ts'
import type { Revision } from './revision.ts'

/** All revisions, the oldest first. */
export const revisions = [revision202606, revision202607] as const

/** The revision that is judged by unless another is asked for. */
export const defaultRevision: Revision = revision202606

/** The names of all revisions, the oldest first. */
export const revisionNames: readonly string[] = revisions.map(({ name }) => name)

/**
 * The revision of that name.
 * @throws if no revision has the name: an unknown revision is never judged by the rules of another one
 */
export function revisionNamed(name: string): Revision {
  const revision = revisions.find((one) => one.name === name)
  if (revision === undefined)
    throw new Error(`Unknown revision ${JSON.stringify(name)}. Choose ${revisionNames.join(' or ')}.`)
  return revision
}
