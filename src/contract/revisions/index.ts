import { revision202606 } from './2026-06.ts'
import { revision202607 } from './2026-07.ts'
import type { Revision } from './revision.ts'

/** All revisions, the oldest first. */
export const revisions = [revision202606, revision202607] as const

/** The revision that is judged by unless another is asked for. */
export const defaultRevision: Revision = revision202606

/** The names of all revisions, the oldest first. */
export const revisionNames: readonly string[] = revisions.map(({ name }) => name)

/** The revision of that name, if there is one. */
export function revisionNamed(name: string): Revision | undefined {
  return revisions.find((one) => one.name === name)
}
