import { writeFileSync } from 'node:fs'
import type { Reporter, TestCase, TestModule } from 'vitest/node'
import { packageFile } from '../contract/package-root.ts'
import { faults } from '../reference/faults/index.ts'
import { variants } from '../reference/variants/index.ts'
import type { Detection } from './detection.ts'
import { detectionMarkdown, summarise, type VariantResult } from './summary.ts'

/** Writes `reports/detection.json` and `reports/detection.md` after a test run that tried the whole catalogue. */
export class DetectionReporter implements Reporter {
  readonly #detections: Detection[] = []
  readonly #variants: VariantResult[] = []

  onTestCaseResult(test: TestCase): void {
    const { detection, variant } = test.meta()
    if (detection !== undefined) this.#detections.push(detection)
    if (variant !== undefined) this.#variants.push(variant)
  }

  onTestRunEnd(_modules: readonly TestModule[]): void {
    // A run of a few tests must not overwrite the figures of the whole.
    if (this.#detections.length < faults.length || this.#variants.length < variants.length) return
    const summary = summarise(this.#detections, this.#variants)
    writeFileSync(packageFile('reports/detection.json'), `${JSON.stringify(summary, null, 1)}\n`)
    writeFileSync(packageFile('reports/detection.md'), detectionMarkdown(summary))
  }
}
