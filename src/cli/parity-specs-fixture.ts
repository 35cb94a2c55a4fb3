import { describeConformance } from '../library/vitest.ts'

/** The test file of a vendor, with the target in the environment. */
describeConformance(() => ({
  baseUrl: process.env.TARGET_URL ?? '',
  token: process.env.TARGET_TOKEN ?? '',
  attempts: 1,
  runs: 1,
  seed: 1,
}))
