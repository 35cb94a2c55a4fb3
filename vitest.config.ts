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
    reporters: ['default', new DetectionReporter(), new ZooReporter()],
  },
})
