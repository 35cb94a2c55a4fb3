import { readFileSync, writeFileSync } from 'node:fs'
import { packageFile } from '../src/contract/package-root.ts'
import { requirementTable } from '../src/contract/requirement-table.ts'
import { benchTable, detectionFigures, envExample, optionTable, safetyFigures } from './tables.ts'

/** A text with what stands between `<!-- name -->` and `<!-- /name -->` replaced. */
export function withSection(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const from = text.indexOf(begin)
  const to = text.indexOf(end)
  if (from === -1 || to < from) throw new Error(`The text has no section ${name}.`)
  return `${text.slice(0, from + begin.length)}\n${content}\n${text.slice(to)}`
}

/** The generated files as they should be, by their path in the package. */
export function generatedFiles(): ReadonlyMap<string, string> {
  let readme = readFileSync(packageFile('README.md'), 'utf8')
  readme = withSection(readme, 'options', optionTable())
  readme = withSection(readme, 'requirements', requirementTable())
  readme = withSection(
    readme,
    'detection',
    detectionFigures(
      readFileSync(packageFile('docs/detection.json'), 'utf8'),
      readFileSync(packageFile('docs/seeds.json'), 'utf8'),
      readFileSync(packageFile('docs/diagnosis.json'), 'utf8'),
    ),
  )
  readme = withSection(readme, 'bench', benchTable(readFileSync(packageFile('docs/bench.json'), 'utf8')))
  const safety = ['docs/hostile-servers.md', 'docs/secret-leaks.md'].map((path) =>
    readFileSync(packageFile(path), 'utf8'),
  )
  readme = withSection(readme, 'safety', safetyFigures(safety))
  return new Map([
    ['README.md', readme],
    ['.env.example', envExample()],
  ])
}

/** Writes the generated files anew. */
export function updateGeneratedDocs(): void {
  for (const [path, text] of generatedFiles()) writeFileSync(packageFile(path), text)
}
