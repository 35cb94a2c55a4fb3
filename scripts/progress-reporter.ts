import type { Reporter, TestCase } from 'vitest/node'

const intervalMs = 15_000

/** Prints a line of progress now and then where vitest itself shows none: not in a terminal, as in CI. */
export class ProgressReporter implements Reporter {
  #passed = 0
  #failed = 0
  #skipped = 0
  #began = 0
  #timer: NodeJS.Timeout | undefined

  onTestRunStart(): void {
    if (process.stdout.isTTY) return
    this.#began = performance.now()
    this.#timer = setInterval(() => this.#print(), intervalMs)
    this.#timer.unref()
  }

  onTestCaseResult(test: TestCase): void {
    const { state } = test.result()
    if (state === 'passed') this.#passed += 1
    else if (state === 'failed') this.#failed += 1
    else this.#skipped += 1
  }

  onTestRunEnd(): void {
    clearInterval(this.#timer)
  }

  #print(): void {
    const seconds = Math.round((performance.now() - this.#began) / 1_000)
    process.stdout.write(
      `   ${seconds} s: ${this.#passed} passed, ${this.#failed} failed, ${this.#skipped} skipped\n`,
    )
  }
}
