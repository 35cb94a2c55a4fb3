import { defineConfig } from 'vitest/config'
import { DetectionReporter } from './src/proof/detection-reporter.ts'
import { ZooReporter } from './src/proof/zoo-reporter.ts'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    isolate: false,
    pool: 'threads',
    maxWorkers: 2,
    maxConcurrency: 2,
    // A bound for a hang, not a measure: the machine may be busy with anything.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', new DetectionReporter(), new ZooReporter()],
  },
})
