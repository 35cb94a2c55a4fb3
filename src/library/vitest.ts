/**
 * The suite in a test file of your own: every requirement becomes a test.
 *
 * ```ts
 * import { describeConformance } from 'thread-events-conformance/vitest'
 *
 * describeConformance({ baseUrl: 'http://127.0.0.1:4010/v1', token: 'test-token' })
 * ```
 */
import { describe } from 'vitest'
import type { ConformanceOptions } from './conformance-options.ts'
import { sharedRun, testsByArea } from './describe-conformance.ts'
import { readOptions } from './read-options.ts'
import { declareVerdict, describeArea } from './vitest-tests.ts'

export type { ConformanceOptions } from './conformance-options.ts'

/** The options of {@link describeConformance}. */
export interface DescribeOptions extends ConformanceOptions {
  /** Where the reports of the run are written; none are by default. */
  readonly reportsDir?: string | undefined
}

/** Options, or a function that returns them once the server under test is running. */
export type DescribeOptionsSource = DescribeOptions | (() => DescribeOptions | Promise<DescribeOptions>)

/**
 * Registers every requirement as a test, and one more test, "verdict", which fails whenever the command would not exit
 * with 0. Requirements depend on each other, so all tests await one shared run. Inconclusive and waived requirements and
 * failing SHOULD requirements are skipped with the reason.
 * @param source the options of the run; a function is called when the first test runs, after `beforeAll`
 * @param options the revision whose requirements become tests, which has to be known before a function is called
 */
export function describeConformance(
  source: DescribeOptionsSource,
  {
    revision = typeof source === 'function' ? undefined : source.revision,
  }: Pick<DescribeOptions, 'revision'> = {},
): void {
  const run = sharedRun(async () => {
    const { reportsDir, ...options } = typeof source === 'function' ? await source() : source
    const read = revision === undefined ? options : { revision, ...options }
    return { ...readOptions(read), reportsDir }
  })
  describe('thread-events-conformance', () => {
    for (const { area, tests } of testsByArea(revision)) describeArea(area, tests, run)
    declareVerdict(run)
  })
}
