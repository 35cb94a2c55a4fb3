import { ConfigError } from '../config/load.ts'
import { suggestion } from '../config/suggest.ts'
import { isRequirementId, requirementOf } from '../contract/catalogue.ts'
import { faults } from '../reference/faults/index.ts'
import { laterFaults } from '../reference/faults/later/index.ts'
import { variants } from '../reference/variants/index.ts'
import { wrap } from '../report/wrap.ts'
import { type CommandContext, widthOf } from './context.ts'
import type { OutputFormat } from './output-format.ts'

interface Entry {
  readonly name: string
  readonly sentence: string
  /** The requirements that a fault breaks; none for a variant. */
  readonly violates: readonly string[]
  readonly kind: 'fault' | 'variant'
  /** The revision of the server that it breaks; undefined for the default one. */
  readonly revision?: string | undefined
}

const entries: readonly Entry[] = [
  ...faults.map(({ name, sentence, violates }) => ({ name, sentence, violates, kind: 'fault' as const })),
  ...laterFaults.map(({ name, sentence, violates, revision }) => ({
    name,
    sentence,
    violates,
    kind: 'fault' as const,
    revision,
  })),
  ...variants.map(({ name, sentence }) => ({ name, sentence, violates: [], kind: 'variant' as const })),
]

/**
 * `faults`: what `serve --fault` and `serve --variant` take, as a table of names, or one in full.
 * @param filter a name, an area, a requirement ID, or words to search for
 * @throws ConfigError if nothing matches
 */
export function faultsCommand(
  filter: readonly string[],
  format: OutputFormat,
  context: CommandContext,
): number {
  const { print } = context
  const [only, ...more] = filter
  const exact = more.length === 0 ? entries.find(({ name }) => name === only) : undefined
  const found = exact === undefined ? entries.filter((entry) => matches(entry, filter)) : [exact]
  if (found.length === 0) {
    const words = filter.join(' ')
    const names = entries.map(({ name }) => name)
    throw new ConfigError([
      `No fault or variant matches ${JSON.stringify(words)}.${suggestion(words, names)}`,
    ])
  }
  const broken = found.filter(({ kind }) => kind === 'fault')
  const unusual = found.filter(({ kind }) => kind === 'variant')
  if (format === 'json') print(json(broken, unusual))
  else if (format === 'markdown') print(markdown(broken, unusual))
  else if (exact !== undefined) print(inFull(exact, context.invocation, widthOf(context)))
  else print(table(broken, unusual, context.invocation))
  return 0
}

function matches({ name, sentence, violates }: Entry, filter: readonly string[]): boolean {
  const text = `${name} ${sentence}`.toLowerCase()
  return filter.every(
    (word) =>
      text.includes(word.toLowerCase()) ||
      violates.some((id) => id === word || (isRequirementId(id) && requirementOf(id).area === word)),
  )
}

function json(broken: readonly Entry[], unusual: readonly Entry[]): string {
  return `${JSON.stringify(
    {
      faults: broken.map(({ name, sentence, violates, revision }) => ({
        name,
        sentence,
        violates,
        revision,
      })),
      variants: unusual.map(({ name, sentence }) => ({ name, sentence })),
    },
    null,
    1,
  )}\n`
}

function markdown(broken: readonly Entry[], unusual: readonly Entry[]): string {
  return `${[
    '| fault | the server | breaks |',
    '|---|---|---|',
    ...broken.map(
      ({ name, sentence, violates }) => `| ${name} | ${cell(sentence)} | ${violates.join(' ')} |`,
    ),
    '',
    '| variant | the server |',
    '|---|---|',
    ...unusual.map(({ name, sentence }) => `| ${name} | ${cell(sentence)} |`),
  ].join('\n')}\n`
}

const mostIds = 4

function table(broken: readonly Entry[], unusual: readonly Entry[], invocation: string): string {
  const width = [...broken, ...unusual].reduce((most, { name }) => Math.max(most, name.length), 0)
  const ids = (violates: readonly string[]) =>
    violates.slice(0, mostIds).join(' ') +
    (violates.length > mostIds ? ` and ${violates.length - mostIds} more` : '')
  return `${[
    `FAULTS (${broken.length})`,
    ...broken.map(({ name, violates }) => `  ${name.padEnd(width)}  ${ids(violates)}`),
    '',
    `VARIANTS (${unusual.length}), correct in an unusual way`,
    ...unusual.map(({ name }) => `  ${name}`),
    '',
    `${invocation} faults NAME shows one in full.`,
  ].join('\n')}\n`
}

function inFull(
  { name, sentence, violates, kind, revision }: Entry,
  invocation: string,
  width: number,
): string {
  return `${[
    name,
    ...wrap(sentence, width, '  '),
    ...violates.flatMap((id) =>
      isRequirementId(id) ? wrap(`breaks ${id}: ${requirementOf(id).title}`, width, '  ') : [],
    ),
    `  ${invocation} serve --${kind} ${name}${revision === undefined ? '' : ` --revision ${revision}`}`,
  ].join('\n')}\n`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
