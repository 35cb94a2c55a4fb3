import { requirementTable } from '../contract/requirement-table.ts'
import { revisionNamed } from '../contract/revisions/index.ts'
import { wrap } from '../report/wrap.ts'
import type { OutputFormat } from './output-format.ts'

/** `requirements`: the requirements of a revision as text, JSON or Markdown. */
export function requirementsCommand(
  revision: string,
  format: OutputFormat,
  print: (text: string) => void,
): number {
  const { requirements } = revisionNamed(revision)
  if (format === 'json') print(`${JSON.stringify(requirements, null, 1)}\n`)
  else if (format === 'markdown') print(`${requirementTable(requirements)}\n`)
  else
    for (const { id, level, title, source } of requirements)
      print(`${[`${id} ${level.padEnd(6)} (${source.join(', ')})`, ...wrap(title, 80, '  ')].join('\n')}\n`)
  return 0
}
