import type { UnmetPrecondition } from '../record/unmet-precondition.ts'
/** Thrown by a check that finds out only while it runs that something is missing. */
export class NotExercised extends Error {
  readonly missing: UnmetPrecondition

  constructor(missing: UnmetPrecondition) {
    super(missing.missing)
    this.missing = missing
  }
}
