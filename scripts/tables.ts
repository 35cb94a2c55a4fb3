import { parse } from 'yaml'
import { z } from 'zod'
import { type DiagnosisFigures, diagnosisFigures } from '../acceptance/diagnosis/published-figures.ts'
import { createProgram } from '../src/cli/command-line.ts'
import { contextOf } from '../src/cli/context.ts'
import { options } from '../src/config/options.ts'
import { reportFormats } from '../src/config/report-formats.ts'

/** The options as a Markdown table. */
export function optionTable(): string {
  const rows = options.map(({ variable, flag, help, defaultText }) => {
    const flagCell = flag === undefined ? '' : `\`--${flag}\``
    return `| \`${variable}\` | ${flagCell} | ${cell(help)} | ${cell(defaultText)} |`
  })
  return ['| Variable | Flag | Meaning | Default |', '|---|---|---|---|', ...rows].join('\n')
}

/** The commands as a Markdown table. */
export function commandTable(): string {
  const silent = { write: () => undefined }
  const context = contextOf({
    stdout: silent,
    stderr: silent,
    env: {},
    cwd: '',
    signal: new AbortController().signal,
  })
  const rows = createProgram(context).commands.map(
    (command) => `| \`${command.name()} ${command.usage()}\` | ${cell(command.summary())} |`,
  )
  return ['| Command | Purpose |', '|---|---|', ...rows].join('\n')
}

/** The report formats as a Markdown table. */
export function formatTable(): string {
  const rows = reportFormats.map(
    ({ name, file, help }) => `| \`${name}\` | ${file === undefined ? '' : `\`${file}\``} | ${cell(help)} |`,
  )
  return ['| Format | File | Content |', '|---|---|---|', ...rows].join('\n')
}

/**
 * The inputs of the GitHub action as a Markdown table.
 * @param yaml `action.yml`
 */
export function actionTable(yaml: string): string {
  const { inputs } = actionInputs.parse(parse(yaml))
  const rows = Object.entries(inputs).map(
    ([name, input]) => `| \`${name}\` | ${cell(input.description)} | ${cell(input.default)} |`,
  )
  return ['| Input | Meaning | Default |', '|---|---|---|', ...rows].join('\n')
}

const actionInputs = z.object({
  inputs: z.record(z.string(), z.object({ description: z.string(), default: z.string().default('') })),
})

/** The text of `.env.example`: every option, commented out. */
export function envExample(): string {
  const blocks = options.map(({ variable, help, defaultText }) => {
    const standard = defaultText === '' ? '' : ` Default: ${defaultText}.`
    return `# ${help}.${standard}\n# ${variable}=\n`
  })
  return [
    '# Copy to .env and set what you need. Flags and environment variables take precedence over this file.\n',
    ...blocks,
  ].join('\n')
}

/**
 * The measured trust in verdict and diagnosis.
 * @param json `docs/detection.json`
 * @param seedsJson `docs/seeds.json`
 * @param diagnosisJson `docs/diagnosis.json`
 * @throws Error if the text is not in the expected form
 */
export function detectionFigures(json: string, seedsJson: string, diagnosisJson: string): string {
  const named = diagnosisFigures.parse(JSON.parse(diagnosisJson))
  const { faults, detected, variants, false_alarms } = figures.parse(JSON.parse(json))
  const seeds = seedFigures.parse(JSON.parse(seedsJson))
  return [
    '| | |',
    '|---|---|',
    `| faults detected | **${detected} of ${faults}** |`,
    `| false alarms on correct but unusual servers | **${false_alarms} of ${variants}** |`,
    `| faults that only generated data finds | **${seeds.found_in_19_of_20} of ${seeds.faults}** found in at least 19 of 20 seeds, ${seeds.alarms} false alarms |`,
    `| right bug named first | **${named.first} of ${named.faults}** |`,
    `| bugs that the suite does not know | the kind is right for **${named.kind_right} of ${named.faults}**, a wrong bug is named for ${named.misleading}, as certain for ${named.wrongly_certain} |`,
    `| several bugs at once | all named in **${named.pairs_named} of ${named.pairs}** pairs and **${named.triples_named} of ${named.triples}** triples${mechanismsNamed(named)} |`,
    `| rebuilt public servers | every root cause named for **${named.public_servers_named} of ${named.public_servers}** |`,
  ].join('\n')
}

function mechanismsNamed({ composites }: DiagnosisFigures): string {
  if (composites === undefined) return ''
  const { pairs, triples } = composites
  return `, by their mechanism in ${pairs.mechanisms_named} and ${triples.mechanisms_named}`
}

/** The results with hostile servers and planted secrets: the lists of the given Markdown pages. */
export function safetyFigures(pages: readonly string[]): string {
  return pages
    .join('\n')
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .join('\n')
}

/**
 * The targets of `docs/bench.json` and the measured values.
 * @throws Error if the text is not in the expected form
 */
export function benchTable(json: string): string {
  const { figures: all } = benchFigures.parse(JSON.parse(json))
  const rows = all.flatMap(({ targets }) =>
    targets.map(
      ({ what, bound, value, met }) => `| ${cell(what)} | ${bound} | ${value}${met ? '' : ' **(missed)**'} |`,
    ),
  )
  return ['| | At most | Measured |', '|---|---|---|', ...rows].join('\n')
}

const benchFigures = z.object({
  figures: z.array(
    z.object({
      targets: z.array(
        z.object({ what: z.string(), bound: z.string(), value: z.string(), met: z.boolean() }),
      ),
    }),
  ),
})

const seedFigures = z.object({
  faults: z.number(),
  found_in_19_of_20: z.number(),
  reference_seeds: z.number(),
  variant_seeds: z.number(),
  variants: z.number(),
  alarms: z.number(),
})

const figures = z.object({
  faults: z.number(),
  detected: z.number(),
  variants: z.number(),
  false_alarms: z.number(),
})

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
