import { z } from 'zod'
import { options } from '../config/options.ts'
import { requirements } from '../contract/catalogue.ts'

/** The requirements as a Markdown table, in the catalogue's order. */
export function requirementTable(): string {
  const rows = requirements.map(
    ({ id, level, title, source }) => `| ${id} | ${level} | ${cell(title)} | ${source.join(', ')} |`,
  )
  return ['| id | level | requirement | source |', '|---|---|---|---|', ...rows].join('\n')
}

/** The options as a Markdown table. */
export function optionTable(): string {
  const rows = options.map(({ variable, flag, help, defaultText }) => {
    const flagCell = flag === undefined ? '' : `\`--${flag}\``
    return `| \`${variable}\` | ${flagCell} | ${cell(help)} | ${cell(defaultText)} |`
  })
  return ['| variable | flag | meaning | default |', '|---|---|---|---|', ...rows].join('\n')
}

/** The text of `.env.example`: every option, commented out. */
export function envExample(): string {
  const blocks = options.map(({ variable, help, defaultText }) => {
    const standard = defaultText === '' ? '' : ` Default: ${defaultText}.`
    return `# ${help}.${standard}\n# ${variable}=\n`
  })
  return [
    '# Copy to .env and fill in what you need. The environment and flags go before this file.\n',
    ...blocks,
  ].join('\n')
}

/**
 * The suite's two numbers, from `reports/detection.json`.
 * @throws Error when the text is not what the proof writes
 */
export function detectionFigures(json: string): string {
  const { faults, detected, variants, false_alarms } = figures.parse(JSON.parse(json))
  return [
    '| | |',
    '|---|---|',
    `| faults found | **${detected} of ${faults}** servers that are broken in one known way |`,
    `| false alarms | **${false_alarms} in ${variants}** servers that are correct in an unusual way |`,
  ].join('\n')
}

const figures = z.object({
  faults: z.number(),
  detected: z.number(),
  variants: z.number(),
  false_alarms: z.number(),
})

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
