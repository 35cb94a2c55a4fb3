import { defineConfig } from 'vitest/config'
import { ProgressReporter } from './scripts/progress-reporter.ts'

/** Compiles the sources for what runs in processes of its own. */
const globalSetup = ['scripts/build-before-tests.ts']

const sample = 'acceptance/fault-matrix/sample.test.ts'

/** Unit tests outside `src`. */
const quick = [
  'acceptance/fault-matrix/selection.test.ts',
  'acceptance/fault-matrix/coverage.test.ts',
  'scripts/**/*.test.ts',
]

/** Tests in `src` that start processes or whole runs, or send thousands of requests: part of the acceptance. */
const slow = [
  'src/cli/action-steps.test.ts',
  'src/cli/baseline.test.ts',
  'src/cli/closed-output.test.ts',
  'src/cli/command.test.ts',
  'src/cli/doctor.test.ts',
  'src/cli/gitlab-template.test.ts',
  'src/cli/interruption.test.ts',
  'src/cli/kept-reports.test.ts',
  'src/cli/parity.test.ts',
  'src/cli/report-files.test.ts',
  'src/cli/serve.test.ts',
  'src/cli/shards.test.ts',
  'src/examples/describe-a-mock.test.ts',
  'src/reference/hostile.test.ts',
  'src/reference/many-streams.test.ts',
  'src/runner/gateway-errors.test.ts',
  'src/runner/many-of-one-type.test.ts',
  'src/runner/outage.test.ts',
  'src/runner/slow-target.test.ts',
]

export default defineConfig({
  // Packages with source maps but without sources would cause a warning per file.
  logLevel: 'error',
  test: {
    isolate: false,
    pool: 'threads',
    maxWorkers: 2,
    // Imports JSON as bundlers do, and Node does not.
    server: { deps: { inline: [/@actions\//] } },
    // A bound for a hang, not a measurement: the machine may be busy.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', new ProgressReporter()],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', ...quick],
          exclude: slow,
        },
      },
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
      { extends: true, test: { name: 'sample', include: [sample], globalSetup } },
      // What every change must pass in addition to `npm test`.
      {
        extends: true,
        test: {
          name: 'acceptance',
          globalSetup,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          include: ['acceptance/**/*.test.ts', ...slow],
          exclude: [sample, ...quick],
        },
      },
    ],
  },
})
