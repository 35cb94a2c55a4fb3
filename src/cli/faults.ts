import { ConfigError } from '../config/load.ts'
import { faults } from '../reference/faults/index.ts'
import { variants } from '../reference/variants/index.ts'
import { wrap } from '../report/wrap.ts'

/** `faults`: the servers that `serve --fault` and `serve --variant` run, as text, JSON or Markdown. */
export function faultsCommand(format: string, print: (text: string) => void): number {
  const broken = faults.map(({ name, sentence, violates }) => ({ name, sentence, violates }))
  const unusual = variants.map(({ name, sentence }) => ({ name, sentence }))
  if (format === 'json') print(`${JSON.stringify({ faults: broken, variants: unusual }, null, 1)}\n`)
  else if (format === 'markdown')
    print(
      `${[
        '| fault | the server | breaks |',
        '|---|---|---|',
        ...broken.map(
          ({ name, sentence, violates }) => `| ${name} | ${cell(sentence)} | ${violates.join(' ')} |`,
        ),
        '',
        '| variant | the server |',
        '|---|---|',
        ...unusual.map(({ name, sentence }) => `| ${name} | ${cell(sentence)} |`),
      ].join('\n')}\n`,
    )
  else if (format === 'terminal')
    print(
      `${[
        `${broken.length} faults, each with the requirements that it breaks: serve --fault NAME`,
        ...broken.flatMap(({ name, sentence, violates }) => [
          `  ${name}  ${violates.join(' ')}`,
          ...wrap(sentence, 80, '      '),
        ]),
        '',
        `${unusual.length} variants, which break nothing: serve --variant NAME`,
        ...unusual.flatMap(({ name, sentence }) => [`  ${name}`, ...wrap(sentence, 80, '      ')]),
      ].join('\n')}\n`,
    )
  else throw new ConfigError([`--format ${format} is none of terminal, markdown and json.`])
  return 0
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
