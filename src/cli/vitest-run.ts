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

/**
 * Runs the specs under vitest, or the share of them that is the plan's.
 * @param blob where vitest's own blob report goes, with the record of the run in it, for {@link readParts}; wanted of a
 *   shard
 */
export async function runUnderVitest(plan: Plan, progress: Progress, blob?: string): Promise<VitestResult> {
  const collector = new Collector(progress)
  const { shard } = plan
  const deafen = hearNews(plan.runId, progress)
  try {
    await underVitest({
      ...(shard === undefined ? {} : { shard: `${shard.index}/${shard.count}` }),
      provide: { plan },
      reporters: [collector, ...(blob === undefined ? [] : [blobReporter(blob)])],
    })
  } finally {
    deafen()
  }
  return { record: collector.record, outcomes: collector.outcomes, errors: collector.errors }
}

/** Keeps vitest from writing to the terminal by itself. */
export function silently() {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  return { stdout: silent, stderr: silent }
}

/** Starts vitest on the spec files. */
async function underVitest(options: CliOptions): Promise<void> {
  const specs = `${here
    .slice(packageRoot.length + 1)
    .replace(/\\/g, '/')
    .replace(/src\/cli$/, '')}specs`
  const fixed: CliOptions = {
    config: false,
    root: packageRoot,
    include: [`${specs}/*.spec.${extension}`],
    exclude: [],
    setupFiles: [`${here}/vitest-setup.${extension}`],
    watch: false,
    // It would be written into the installed package.
    cache: false,
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
  }
  const vitest = await startVitest('test', [], { ...fixed, ...options }, {}, silently())
  await vitest.close()
}

function blobReporter(outputFile: string): [string, Record<string, unknown>] {
  return ['blob', { outputFile }]
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
    const { outcome, property } = test.meta()
    if (property !== undefined) return
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
    this.#progress.onArea(areaOf(module))
  }

  onTestRunEnd(_modules: unknown, errors: readonly { readonly message: string }[]): void {
    this.errors.push(...errors.map(({ message }) => message))
  }
}

// Vitest divides the files among shards before it puts those of this one in order.
class InCatalogueOrder extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    this.ctx.provide('areas', files.map(areaOf))
    const order: readonly string[] = [...areas, 'live', 'model']
    return Promise.resolve(files.toSorted((a, b) => order.indexOf(areaOf(a)) - order.indexOf(areaOf(b))))
  }
}

function areaOf({ moduleId }: { readonly moduleId: string }): string {
  return /([\w-]+)\.spec\.\w+$/.exec(moduleId)?.[1] ?? ''
}
