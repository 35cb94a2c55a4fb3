import { describe, test } from 'vitest'
import type { Report } from '../report/model.ts'
import { type TestName, type TestResult, testResultOf, verdictResultOf } from './test-result.ts'

/** A run that all tests await. */
export interface SharedRun {
  /** The report, once everything is judged; it rejects if the options are wrong. */
  readonly report: Promise<Report>
}

/** Registers the tests of one area. */
export function describeArea(area: string, tests: readonly TestName[], run: () => SharedRun): void {
  describe(area, () => {
    for (const { id, name } of tests)
      test(name, { timeout: 0 }, async ({ skip }) => {
        settle(testResultOf(id, await run().report), skip)
      })
  })
}

/** Registers the test "verdict", which fails if the command would not exit with 0. */
export function declareVerdict(run: () => SharedRun): void {
  test('verdict', { timeout: 0 }, async ({ skip }) => {
    settle(verdictResultOf(await run().report), skip)
  })
}

/** A failed requirement, without a stack, which would point into the suite. */
class NotConformant extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'NotConformant'
    this.stack = message
  }
}

function settle(result: TestResult, skip: (reason: string) => void): void {
  if (result.state === 'failed') throw new NotConformant(result.message)
  if (result.state === 'skipped') skip(result.reason)
}
