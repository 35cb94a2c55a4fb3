import { z } from 'zod'
import { options } from '../src/config/options.ts'

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
 * The suite's two numbers.
 * @param json `docs/detection.json`
 * @param seedsJson `docs/seeds.json`
 * @param diagnosisJson `docs/diagnosis.json`
 * @throws Error when the text is not what the proof writes
 */
export function detectionFigures(json: string, seedsJson: string, diagnosisJson: string): string {
  const named = diagnosisFigures.parse(JSON.parse(diagnosisJson))
  const { faults, detected, variants, false_alarms } = figures.parse(JSON.parse(json))
  const seeds = seedFigures.parse(JSON.parse(seedsJson))
  return [
    '| | |',
    '|---|---|',
    `| faults found | **${detected} of ${faults}** servers that are broken in one known way |`,
    `| false alarms | **${false_alarms} in ${variants}** servers that are correct in an unusual way |`,
    `| faults that only generated data finds | **${seeds.found_in_19_of_20} of ${seeds.faults}** are found in at least 19 of 20 seeds |`,
    `| false alarms of generated data | **${seeds.alarms}** over ${seeds.reference_seeds} seeds of the reference server and ${seeds.variant_seeds} of each of ${seeds.variants} unusual ones |`,
    `| right diagnosis | named first for **${named.first} of ${named.faults}** faults that were tried as unknown targets, among the first three for ${named.among_first_three} |`,
    `| wrong diagnosis called certain | **${named.wrongly_certain} of ${named.held_out}** faults that the dictionary lacked; ${named.certain_of_a_twin} more got the name of one that no answer of the run tells from theirs |`,
    `| two faults at once | both named in ${named.both_named} of ${named.pairs} pairs |`,
  ].join('\n')
}

/** What hostile servers and planted secrets showed: the lists of the given Markdown pages. */
export function safetyFigures(pages: readonly string[]): string {
  return pages
    .join('\n')
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .join('\n')
}

/**
 * The targets of `docs/bench.json`, and how they were met.
 * @throws Error when the text is not what the bench writes
 */
export function benchTable(json: string): string {
  const { figures: all } = benchFigures.parse(JSON.parse(json))
  const rows = all.flatMap(({ targets }) =>
    targets.map(
      ({ what, bound, value, met }) => `| ${cell(what)} | ${bound} | ${value}${met ? '' : ' **(missed)**'} |`,
    ),
  )
  return ['| | at most | measured |', '|---|---|---|', ...rows].join('\n')
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

const diagnosisFigures = z.object({
  faults: z.number(),
  first: z.number(),
  among_first_three: z.number(),
  held_out: z.number(),
  wrongly_certain: z.number(),
  certain_of_a_twin: z.number(),
  pairs: z.number(),
  both_named: z.number(),
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
