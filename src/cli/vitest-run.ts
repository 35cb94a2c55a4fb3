import { dirname } from 'node:path'
import { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { CliOptions, Reporter, TestCase, TestModule, TestSpecification } from 'vitest/node'
import { BaseSequencer, startVitest } from 'vitest/node'
import type { RunRecord } from '../check/conformance-run.ts'
import type { Plan } from '../check/plan.ts'
import { areas } from '../contract/catalogue.ts'
import { packageRoot } from '../contract/package-root.ts'
import type { Outcome } from '../verdict/outcome.ts'
import { hearNews, type RunNews } from './run-news.ts'

/** What is told while a run goes on. */
export interface Progress extends RunNews {
  onOutcome(outcome: Outcome): void
  /** An area has ended. */
  onArea(area: string): void
}

/** What came of it: the whole record, or as many outcomes as there were when it was stopped. */
export interface VitestResult {
  readonly record: RunRecord | undefined
  readonly outcomes: readonly Outcome[]
  readonly errors: readonly string[]
}

const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
const here = dirname(fileURLToPath(import.meta.url))

/** Runs the specs under vitest, which also writes the JUnit file. */
export async function runUnderVitest(
  plan: Plan,
  junitFile: string,
  progress: Progress,
): Promise<VitestResult> {
  const collector = new Collector(progress)
  const specs = `${here
    .slice(packageRoot.length + 1)
    .replace(/\\/g, '/')
    .replace(/src\/cli$/, '')}specs`
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const options: CliOptions = {
    config: false,
    root: packageRoot,
    include: [`${specs}/*.spec.${extension}`],
    exclude: [],
    setupFiles: [`${here}/vitest-setup.${extension}`],
    watch: false,
    // The compiled specs are imported as they are, so that nothing has to be transformed on the user's side.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    pool: 'threads',
    isolate: false,
    fileParallelism: false,
    sequence: { sequencer: InCatalogueOrder },
    maxWorkers: 1,
    testTimeout: 0,
    hookTimeout: 0,
    teardownTimeout: 1_000,
    provide: { plan },
    reporters: [
      collector,
      ['junit', { outputFile: junitFile, suiteName: 'thread-events-conformance', addFileAttribute: false }],
    ],
  }
  const deafen = hearNews(plan.runId, progress)
  try {
    const vitest = await startVitest('test', [], options, {}, { stdout: silent, stderr: silent })
    await vitest.close()
  } finally {
    deafen()
  }
  return { record: collector.record, outcomes: collector.outcomes, errors: collector.errors }
}

class Collector implements Reporter {
  readonly outcomes: Outcome[] = []
  readonly errors: string[] = []
  record: RunRecord | undefined
  readonly #progress: Progress

  constructor(progress: Progress) {
    this.#progress = progress
  }

  onTestCaseResult(test: TestCase): void {
    const { outcome } = test.meta()
    if (outcome === undefined) {
      this.errors.push(...(test.result().errors ?? []).map(({ message }) => message))
      return
    }
    this.outcomes.push(outcome)
    this.#progress.onOutcome(outcome)
  }

  onTestModuleEnd(module: TestModule): void {
    this.record ??= module.meta().record
    this.errors.push(...module.errors().map(({ message }) => message))
    const area = /([\w-]+)\.spec\.\w+$/.exec(module.moduleId)?.[1]
    if (area !== undefined) this.#progress.onArea(area)
  }

  onTestRunEnd(_modules: unknown, errors: readonly { readonly message: string }[]): void {
    this.errors.push(...errors.map(({ message }) => message))
  }
}

class InCatalogueOrder extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = (file: TestSpecification) =>
      areas.findIndex((area) => file.moduleId.includes(`${area}.spec.`))
    return Promise.resolve(files.toSorted((a, b) => place(a) - place(b)))
  }
}
