import type { TestProject } from 'vitest/node'
import { loadConfig } from '../config/load.ts'
import { readWaivers } from '../config/read-waivers.ts'
import { sharedRun, testsByArea } from '../library/describe-conformance.ts'
import type { Report } from '../report/model.ts'

declare module 'vitest' {
  interface ProvidedContext {
    report: Report
  }
}

/**
 * The one run whose result the tests of all spec files show: before they start, and again on every rerun in watch mode.
 * With a filter by name (`-t PAG-03`) only the requirements that it selects are judged.
 */
export default async function specsRun(project: TestProject): Promise<void> {
  const judge = async () => {
    const sources = { flags: {}, env: process.env, dotenvFile: '.env' }
    const { CONFORMANCE_REVISION: revision } = loadConfig(sources)
    const selection = selectedBy(project.vitest.config.testNamePattern, revision)
    const config = loadConfig({ ...sources, env: { ...process.env, ...selection } })
    const waivers = readWaivers(config.CONFORMANCE_WAIVERS, process.cwd())
    const run = sharedRun(async () => ({ config, waivers, reportsDir: config.CONFORMANCE_REPORTS_DIR }))
    project.provide('report', await run().report)
  }
  await judge()
  project.onTestsRerun(judge)
}

function selectedBy(pattern: RegExp | undefined, revision: string): { readonly CONFORMANCE_ONLY?: string } {
  if (pattern === undefined) return {}
  const ids = testsByArea(revision).flatMap(({ area, tests }) =>
    tests.filter(({ name }) => pattern.test(`${area} ${name}`)).map(({ id }) => id),
  )
  return ids.length === 0 ? {} : { CONFORMANCE_ONLY: ids.join(',') }
}
