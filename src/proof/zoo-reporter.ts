import { writeFileSync } from 'node:fs'
import type { Reporter, TestCase } from 'vitest/node'
import { packageFile } from '../contract/package-root.ts'
import { planted } from './canary/secrets.ts'
import { spellings } from './canary/spellings.ts'
import { zoo } from './zoo/index.ts'
import { mostBytes } from './zoo/judge.ts'
import type { MemberResult } from './zoo/member-result.ts'

/** Writes `reports/zoo.md` after a test run that judged the whole zoo and searched for canaries. */
export class ZooReporter implements Reporter {
  readonly #results: MemberResult[] = []
  #canaryBytes = 0

  onTestCaseResult(test: TestCase): void {
    const { zoo: result, canaryBytes = 0 } = test.meta()
    this.#canaryBytes += canaryBytes
    if (result !== undefined) this.#results.push(result)
  }

  onTestRunEnd(): void {
    // A run of a few tests must not overwrite the figures of the whole.
    if (this.#results.length < zoo.length || this.#canaryBytes === 0) return
    writeFileSync(packageFile('reports/zoo.md'), zooMarkdown(this.#results, this.#canaryBytes))
  }
}

/** The results for a reader. Times and memory are bounds that hold, not measurements, which differ from run to run. */
export function zooMarkdown(results: readonly MemberResult[], canaryBytes: number): string {
  const hostile = results.filter(({ exitCode }) => exitCode !== 0)
  const rows = results
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map(({ name, what, ended, exitCode }) => `| ${name} | ${cell(what)} | ${cell(ended)} | ${exitCode} |`)
  return `${[
    '# The zoo: what a run says of targets that mean harm',
    '',
    'Made by `npm test`: a whole run against each target over real sockets, in a process of its own.',
    '',
    `- hostile targets: **${hostile.length}**, and ${results.length - hostile.length} that only look so and must pass`,
    `- memory: below **${mostBytes / 1_000_000} MB** resident at any time, with 8 MB a body and 200 MB a run`,
    `- secrets: ${Object.keys(planted).length} planted, echoed in ${spellings.length} spellings; more than **${Math.floor(canaryBytes / 1_000_000)} million bytes** written or shown were searched, and none was found`,
    '- no run ends in exit code 0, breaks off with a stack trace, or outlives its time budget',
    '',
    '| target | what it does | what the run says | exit code |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n')}\n`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
