import { Option } from 'commander'

/** What `--format` of the commands that print data takes. */
export type OutputFormat = 'terminal' | 'json' | 'markdown'

/** The option `--format`. */
export function formatOption(): Option {
  return new Option('--format <FORMAT>', 'Output format')
    .choices(['terminal', 'json', 'markdown'])
    .default('terminal')
}

/** The value of `--format`, which the parser has checked. */
export function formatOf(flags: Readonly<Record<string, unknown>>): OutputFormat {
  return flags.format === 'json' || flags.format === 'markdown' ? flags.format : 'terminal'
}
