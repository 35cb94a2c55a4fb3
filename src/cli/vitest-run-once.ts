import { inject } from 'vitest'
import { specs } from '../../specs/index.ts'
import { type ConformanceRun, startRun } from '../check/conformance-run.ts'
import type { Plan } from '../check/plan.ts'

declare module 'vitest' {
  interface ProvidedContext {
    plan: Plan
  }
}

let started: Promise<ConformanceRun> | undefined

/**
 * The one run that the tests of all spec files report on. Its checks run side by side whatever the order of
 * the files is; each test waits for its own outcome.
 */
export function theRun(): Promise<ConformanceRun> {
  started ??= startRun(inject('plan'), specs)
  return started
}
