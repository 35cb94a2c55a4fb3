// `npm run bench`: measures every figure, or those that are named (`npm run bench -- b c`), and writes the report.
import { writeFileSync } from 'node:fs'
import { packageFile } from '../src/contract/package-root.ts'
import { runNode } from './child.ts'
import type { Figure } from './figure.ts'
import { figures } from './figures.ts'
import { machine } from './machine.ts'
import { benchMarkdown } from './report.ts'

const named = process.argv.slice(2)
const before = machine()
const measured: Figure[] = []
for (const [letter, { heapMb }] of Object.entries(figures)) {
  if (named.length > 0 && !named.includes(letter)) continue
  const heap = heapMb === undefined ? [] : [`--max-old-space-size=${heapMb}`]
  const { stdout } = await runNode([...heap, packageFile('dist/bench/run-figure.js'), letter])
  const figure: Figure = JSON.parse(stdout)
  measured.push(figure)
  process.stdout.write(`${figure.title}\n`)
  for (const { what, value } of figure.rows) process.stdout.write(`  ${what}: ${value}\n`)
  for (const { what, bound, value, met } of figure.targets)
    process.stdout.write(`  ${met ? 'met' : 'MISSED'}: ${what} ${value}, at most ${bound}\n`)
}
// A selection of the figures is not a report.
if (named.length === 0) {
  const bench = { machine: before, figures: measured }
  writeFileSync(packageFile('docs/bench.json'), `${JSON.stringify(bench, null, 1)}\n`)
  writeFileSync(packageFile('docs/bench.md'), benchMarkdown(bench))
}
