import { type Command, Option as Flag } from 'commander'
import { type Option, type OptionGroup, options } from '../config/options.ts'
import type { Variable } from '../config/settings.ts'

/** Headings of the option groups in help. */
const headings: Readonly<Record<OptionGroup, string>> = {
  target: 'Target:',
  requests: 'Requests:',
  data: 'Data:',
  selection: 'Selection:',
  verdict: 'Verdict:',
  output: 'Output:',
}

/** The options of a command: those of whole groups, and single ones. */
export function optionsOf(
  groups: readonly OptionGroup[],
  single: readonly Variable[] = [],
): readonly Option[] {
  return options.filter(({ group, variable }) => groups.includes(group) || single.includes(variable))
}

/** Gives a command its options, and lists the settings that have no flag. */
export function addOptions(command: Command, own: readonly Option[]): void {
  for (const { flag, placeholder, help, defaultText, variable, group } of own) {
    if (flag === undefined) continue
    const standard = defaultText === '' || defaultText === 'false' ? '' : `default: ${defaultText}; `
    const flags = placeholder === '' ? `--${flag}` : `--${flag} <${placeholder}>`
    command.addOption(new Flag(flags, `${help} (${standard}${variable})`).helpGroup(headings[group]))
  }
  const secret = own.filter(({ flag }) => flag === undefined)
  if (secret.length > 0)
    command.addHelpText(
      'after',
      [
        '\nVariables without a flag (environment or .env):',
        ...secret.map(({ variable, help }) => `  ${variable.padEnd(32)}${help}`),
      ].join('\n'),
    )
}

/** The settings that the command line gave, by environment variable. */
export function settingsOf(command: Command, own: readonly Option[]): Record<string, string> {
  return Object.fromEntries(
    own.flatMap(({ flag, variable }): [string, string][] => {
      if (flag === undefined) return []
      const value: unknown = command.getOptionValue(camelCase(flag))
      return value === undefined ? [] : [[variable, String(value)]]
    }),
  )
}

/** The examples at the end of a command's help. */
export function addExamples(
  command: Command,
  invocation: string,
  examples: readonly (readonly [args: string, meaning: string])[],
): void {
  command.addHelpText(
    'after',
    [
      '\nExamples:',
      ...examples.map(
        ([args, meaning]) =>
          `  ${args === '' ? invocation.replace(/ --$/, '') : `${invocation} ${args}`}\n      ${meaning}`,
      ),
    ].join('\n'),
  )
}

function camelCase(flag: string): string {
  return flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
