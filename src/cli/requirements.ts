import { ConfigError } from '../config/load.ts'
import { requirements } from '../contract/catalogue.ts'
import { requirementTable } from '../contract/requirement-table.ts'
import { wrap } from '../report/wrap.ts'

/** `requirements`: the catalogue as text, JSON or Markdown. */
export function requirementsCommand(format: string, print: (text: string) => void): number {
  if (format === 'json') print(`${JSON.stringify(requirements, null, 1)}\n`)
  else if (format === 'markdown') print(`${requirementTable()}\n`)
  else if (format === 'terminal')
    for (const { id, level, title, source } of requirements)
      print(`${[`${id} ${level.padEnd(6)} (${source.join(', ')})`, ...wrap(title, 80, '  ')].join('\n')}\n`)
  else throw new ConfigError([`--format ${format} is none of terminal, markdown and json.`])
  return 0
}
