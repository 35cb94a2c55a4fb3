import { readFileSync, writeFileSync } from 'node:fs'
import { packageFile } from '../src/contract/package-root.ts'
import { requirementTable } from '../src/contract/requirement-table.ts'
import { differenceTable, requirementChanges } from './revision-tables.ts'
import { sampleScreen } from './sample-screen.ts'
import {
  actionTable,
  benchTable,
  commandTable,
  detectionFigures,
  envExample,
  formatTable,
  optionTable,
  safetyFigures,
} from './tables.ts'

/** A text with what stands between `<!-- name -->` and `<!-- /name -->` replaced. */
export function withSection(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const from = text.indexOf(begin)
  const to = text.indexOf(end)
  if (from === -1 || to < from) throw new Error(`The text has no section ${name}.`)
  return `${text.slice(0, from + begin.length)}\n${content}\n${text.slice(to)}`
}

const read = (path: string) => readFileSync(packageFile(path), 'utf8')

/** The generated sections, by page and name. */
const sections: readonly (readonly [page: string, name: string, content: () => string])[] = [
  ['README.md', 'sample', sampleScreen],
  [
    'README.md',
    'detection',
    () => detectionFigures(read('docs/detection.json'), read('docs/seeds.json'), read('docs/diagnosis.json')),
  ],
  ['docs/options.md', 'options', optionTable],
  ['docs/options.md', 'commands', commandTable],
  ['docs/requirements.md', 'requirements', requirementTable],
  ['docs/revisions.md', 'differences', differenceTable],
  ['docs/revisions.md', 'changes', requirementChanges],
  ['docs/reports.md', 'formats', formatTable],
  ['docs/ci.md', 'action', () => actionTable(read('action.yml'))],
  [
    'docs/safety.md',
    'safety',
    () => safetyFigures([read('docs/hostile-servers.md'), read('docs/secret-leaks.md')]),
  ],
  ['docs/performance.md', 'bench', () => benchTable(read('docs/bench.json'))],
]

/** The generated files as they should be, by their path in the package. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const pages = new Map<string, string>()
  for (const [page, name, content] of sections)
    pages.set(page, withSection(pages.get(page) ?? read(page), name, content()))
  return pages.set('.env.example', envExample())
}

/** Updates the generated files. */
export function updateGeneratedDocs(): void {
  for (const [path, text] of generatedFiles()) writeFileSync(packageFile(path), text)
}
