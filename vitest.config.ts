import { defineConfig } from 'vitest/config'
import { DetectionReporter } from './src/proof/detection-reporter.ts'
import { ZooReporter } from './src/proof/zoo-reporter.ts'

export default defineConfig({
  // Of packages that ship source maps without sources there would be a warning for each file.
  logLevel: 'error',
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['src/**/*.test.ts'] } },
      // The specs as tests, against the target of .env and the environment, or the embedded server.
      {
        extends: true,
        test: {
          name: 'conformance',
          include: ['specs/*.spec.ts', 'specs/verdict.test.ts'],
          globalSetup: ['src/cli/specs-run.ts'],
          setupFiles: ['src/cli/specs-as-tests.ts'],
        },
      },
    ],
    isolate: false,
    pool: 'threads',
    maxWorkers: 2,
    maxConcurrency: 2,
    // It imports JSON as bundlers do, and Node does not.
    server: { deps: { inline: [/@actions\//] } },
    // A bound for a hang, not a measure: the machine may be busy with anything.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', new DetectionReporter(), new ZooReporter()],
  },
})
